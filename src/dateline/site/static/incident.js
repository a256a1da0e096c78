// The slider over the days on which something was published; without it, each day is a link.
const form = document.querySelector("[data-moments]");
const slider = form?.querySelector("input");
if (slider) {
  const days = slider.dataset.days.split(" ");
  const asked = new URLSearchParams(location.search).get("as_of");
  const links = [...form.parentElement.querySelectorAll("ol a")];
  const place = asked === null ? days.length : days.filter((day) => day <= asked).length - 1;
  slider.value = String(Math.max(0, place));
  slider.hidden = false;
  const tell = () => slider.setAttribute("aria-valuetext", links[Number(slider.value)].textContent);
  tell();
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => location.assign(links[Number(slider.value)].href));
  form.addEventListener("submit", (event) => event.preventDefault());
}
