// What happens, as it happens. A hidden tab lets its stream go, for a browser holds only six to one host.

let source = null;
let opening = () => {};

/** Follow the news as one person from an event's number on; `told` gets each list, `lost` whether there is a stream. */
export function follow({ as, since, calls }, told, lost) {
  let next = since;
  opening = () => {
    source?.close();
    source = new EventSource(`/news?as=${encodeURIComponent(as)}&since=${next}${calls ? "&calls=1" : ""}`);
    source.addEventListener("open", () => lost(false));
    source.addEventListener("message", (event) => {
      next = Number(event.lastEventId) + 1;
      told(JSON.parse(event.data), next);
    });
    source.addEventListener("error", () => lost(source.readyState === EventSource.CLOSED ? "ended" : "away"));
  };
  opening();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) source?.close();
  else opening();
});
addEventListener("pagehide", () => source?.close());
