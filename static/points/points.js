// Points in the plane, set by hand. Draws at once and tells the page a moment after the last gesture.
// Press on the ground: a new point. Drag a point: it moves. Press a point: it goes.
const SVG = "http://www.w3.org/2000/svg", SIZE = 320, EDGE = 10, NEAR = 9, WAIT_MS = 300, MOVED = 4;
const MARKS = [
  (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (r) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  (r) => `M0 ${-r * 1.2}L${r * 1.15} ${r}H${-r * 1.15}z`,
  (r) => `M0 ${-r * 1.3}L${r * 1.3} 0L0 ${r * 1.3}L${-r * 1.3} 0z`,
  (r) => `M${-r} ${-r / 3}h${(r * 2) / 3}v${(-r * 2) / 3}h${(r * 2) / 3}v${(r * 2) / 3}h${(r * 2) / 3}v${(r * 2) / 3}h${(-r * 2) / 3}v${(r * 2) / 3}h${(-r * 2) / 3}v${(-r * 2) / 3}h${(-r * 2) / 3}z`,
];
const round = (value) => Math.round(Math.max(-1, Math.min(1, value)) * 100) / 100;
const toX = (value) => EDGE + ((value + 1) / 2) * (SIZE - 2 * EDGE);
const toY = (value) => toX(-value);
const made = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const root = document.querySelector(".points");
const state = { points: [], chosen: null, shown: null, sent: null, timer: 0, turn: null };
const tell = (type, values) => window.parent.postMessage({ isStreamlitMessage: true, type, ...values }, "*");
let held = null;

function show(data, theme) {
  const told = JSON.stringify(data.points);
  // What the page knows counts, unless it has not heard of the last gesture yet.
  const isWaiting = held || state.timer || (state.sent !== null && told !== state.sent && data.turn === state.turn);
  if (!isWaiting && told !== state.shown) {
    state.points = data.points.map((point) => [...point]);
    state.shown = told;
  }
  if (!isWaiting) state.sent = null;
  state.turn = data.turn;
  state.chosen ??= data.chosen;  // the page may put the frame elsewhere, and a new one begins anew
  for (const [name, value] of Object.entries(theme)) {
    if (typeof value === "string") root.style.setProperty(`--${name}`, value);
  }
  root.style.setProperty("--line", data.line);

  const svg = root.querySelector("svg[role]");
  const count = root.querySelector(".count");
  const classes = root.querySelector(".classes");
  const clear = root.querySelector(".clear");
  const colour = (label) => data.colours[label];
  svg.setAttribute("aria-label", data.words.plane);

  const draw = () => {
    svg.replaceChildren(
      made("path", { d: `M${toX(0)} ${EDGE}V${SIZE - EDGE}M${EDGE} ${toY(0)}H${SIZE - EDGE}`, class: "axes" }),
      ...state.points.map(([x, y, label]) =>
        made("path", { d: MARKS[label](5), transform: `translate(${toX(x)} ${toY(y)})`, fill: colour(label) }),
      ),
    );
    count.textContent = data.words.count.replace("{n}", state.points.length);
    clear.disabled = !state.points.length;
    classes.querySelectorAll("button").forEach((button, label) => {
      button.setAttribute("aria-checked", label === state.chosen);
      button.tabIndex = label === state.chosen ? 0 : -1;
    });
  };
  const changed = () => {
    draw();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => {
      state.timer = 0;
      state.sent = state.shown = JSON.stringify(state.points);
      tell("streamlit:setComponentValue", { value: { points: state.points, chosen: state.chosen }, dataType: "json" });
    }, WAIT_MS);
  };
  const place = (event) => {
    const box = svg.getBoundingClientRect(), scale = SIZE / box.width;
    const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    const value = (at) => round(((at - EDGE) / (SIZE - 2 * EDGE)) * 2 - 1);
    return { x, y, at: [value(x), round(-(((y - EDGE) / (SIZE - 2 * EDGE)) * 2 - 1))] };
  };

  if (classes.childElementCount !== data.classes.length) {
    classes.replaceChildren(
      ...data.classes.map((name, label) => {
        const button = document.createElement("button");
        const mark = made("svg", { viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": true });
        button.type = "button";
        button.setAttribute("role", "radio");
        mark.append(made("path", { d: MARKS[label](5), fill: colour(label) }));
        button.append(mark, name);
        return button;
      }),
    );
  }
  classes.setAttribute("aria-label", data.words.classes);
  classes.querySelectorAll("button").forEach((button, label) => {
    button.querySelector("path").setAttribute("fill", colour(label));
    button.onclick = () => ((state.chosen = label), draw());
    button.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      state.chosen = (label + step + data.classes.length) % data.classes.length;
      draw();
      classes.children[state.chosen].focus();
    };
  });
  clear.textContent = data.words.clear;
  clear.onclick = () => ((state.points = []), changed());

  svg.onpointerdown = (event) => {
    if (event.button) return;
    const { x, y, at } = place(event);
    const far = state.points.map(([px, py]) => Math.hypot(toX(px) - x, toY(py) - y));
    const nearest = far.indexOf(Math.min(...far));
    const found = nearest >= 0 && far[nearest] <= NEAR;
    if (!found && state.points.length >= data.limit) return;
    if (!found) state.points.push([...at, state.chosen]);
    held = { which: found ? nearest : state.points.length - 1, found, x, y, moved: false };
    svg.setPointerCapture(event.pointerId);
    draw();
  };
  svg.onpointermove = (event) => {
    if (!held) return;
    const { x, y, at } = place(event);
    held.moved ||= Math.hypot(x - held.x, y - held.y) > MOVED;
    if (!held.moved) return;
    state.points[held.which].splice(0, 2, ...at);
    draw();
  };
  svg.onpointerup = () => {
    if (!held) return;
    if (held.found && !held.moved) state.points.splice(held.which, 1);
    held = null;
    changed();
  };
  svg.onpointercancel = svg.onpointerup;
  draw();
  tell("streamlit:setFrameHeight", { height: document.documentElement.scrollHeight });
}

window.addEventListener("message", ({ source, data }) => {
  if (source === window.parent && data.type === "streamlit:render") show(data.args, data.theme ?? {});
});
tell("streamlit:componentReady", { apiVersion: 1 });
