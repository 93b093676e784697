// Tells of a run's end by the browser's own notification, to whoever has asked for it. The browser is only asked for its
// permission by a press of the button; without a secure address it has no notifications, and there is no button.
const CHOSEN = "playground.notify", HEIGHT = 30;
const page = window.parent;
const button = document.querySelector("button");
const tell = (type, values) => page.postMessage({ isStreamlitMessage: true, type, ...values }, "*");
let words = {}, told = null;

const offered = () => page.isSecureContext && "Notification" in page;
const isOn = () => page.localStorage.getItem(CHOSEN) === "on" && page.Notification.permission === "granted";

function draw(isGoing) {
  const isShown = isGoing && offered() && page.Notification.permission !== "denied";
  button.hidden = !isShown;
  if (isShown) {
    button.textContent = isOn() ? words.on : words.off;
    button.setAttribute("aria-pressed", isOn());
  }
  tell("streamlit:setFrameHeight", { height: isShown ? HEIGHT : 0 });
}

button.addEventListener("click", async () => {
  if (isOn()) {
    page.localStorage.setItem(CHOSEN, "off");
  } else if ((await page.Notification.requestPermission()) === "granted") {
    page.localStorage.setItem(CHOSEN, "on");
  }
  draw(true);
});

window.addEventListener("message", ({ source, data }) => {
  if (source !== page || data.type !== "streamlit:render") return;
  const { run, end, ...said } = data.args;
  words = said;
  for (const [name, value] of Object.entries(data.theme ?? {})) {
    if (typeof value === "string") document.documentElement.style.setProperty(`--${name}`, value);
  }
  draw(!end);
  // Only an end that was waited for here, and only for somebody who looks elsewhere.
  if (end && told === run && page.document.hidden && offered() && isOn()) new page.Notification(end.title, { body: end.body });
  told = end ? null : run;
});
tell("streamlit:componentReady", { apiVersion: 1 });
