// The human check: a challenge of the site, solved in a worker when something is sent.

/** A new challenge and a token for the form. Rejects when the site does not answer. */
async function asked() {
  const answer = await fetch("/proof", { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(`/proof: ${answer.status}`);
  return answer.json();
}

function solved(parameters) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("proof-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(parameters);
  });
}

/** The token, and the proof as the form has it; the proof is empty where no worker can run. */
export async function proven() {
  const { challenge, token } = await asked();
  try {
    const solution = await solved(challenge.parameters);
    return { token, proof: btoa(JSON.stringify({ challenge, solution })) };
  } catch {
    return { token, proof: "" };
  }
}
