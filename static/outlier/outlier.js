// Points, lines through them, and one point that can be dragged or moved with the arrow keys.
const SVG = "http://www.w3.org/2000/svg", LEFT = 30, RIGHT = 10, TOP = 8, BOTTOM = 22, EVERY_MS = 80, STEP = 0.1;
const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const root = document.querySelector(".outlier"), svg = root.querySelector("svg"), legend = root.querySelector(".legend");
const tell = (type, values) => window.parent.postMessage({ isStreamlitMessage: true, type, ...values }, "*");
const made = (name, attributes, ...inside) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
};
const moved = made("g", { class: "moved", tabindex: 0, role: "img" });
let data = null, at = [0, 0], isHeld = false, sentAt = 0, timer = 0;

const within = (value, [low, high]) => Math.round(Math.max(low, Math.min(high, value)) * 10) / 10;
const scale = () => {
  const { width, height } = svg.getBoundingClientRect(), [x, y] = data.reach;
  const across = (width - LEFT - RIGHT) / (x[1] - x[0]), up = (height - TOP - BOTTOM) / (y[1] - y[0]);
  return {
    toX: (value) => LEFT + (value - x[0]) * across, toY: (value) => height - BOTTOM - (value - y[0]) * up,
    ofX: (pixel) => x[0] + (pixel - LEFT) / across, ofY: (pixel) => y[0] + (height - BOTTOM - pixel) / up,
  };
};

function send() {
  timer = 0;
  sentAt = Date.now();
  tell("streamlit:setComponentValue", { value: at, dataType: "json" });
}

function move(x, y) {
  at = [within(x, data.bounds[0]), within(y, data.bounds[1])];
  draw();
  if (!timer) timer = setTimeout(send, Math.max(0, EVERY_MS - (Date.now() - sentAt)));
}

function draw() {
  const { toX, toY } = scale(), [x, y] = data.reach;
  const ticks = [
    ...data.ticks[1].flatMap((value) => [
      made("line", { x1: toX(x[0]), x2: toX(x[1]), y1: toY(value), y2: toY(value), class: "grid" }),
      made("text", { x: LEFT - 6, y: toY(value) + 4, "text-anchor": "end" }, String(value)),
    ]),
    ...data.ticks[0].map((value) => made("text", { x: toX(value), y: toY(y[0]) + 17, "text-anchor": "middle" }, String(value))),
  ];
  const clip = made("clipPath", { id: "inside" },
    made("rect", { x: toX(x[0]), y: toY(y[1]), width: toX(x[1]) - toX(x[0]), height: toY(y[0]) - toY(y[1]) }));
  const lines = data.lines.map(({ slope, start, colour, dash }) =>
    made("line", { x1: toX(x[0]), y1: toY(slope * x[0] + start), x2: toX(x[1]), y2: toY(slope * x[1] + start),
      stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash, "clip-path": "url(#inside)" }));
  const points = data.points.map(([px, py]) => made("circle", { cx: toX(px), cy: toY(py), r: 4, fill: data.grey }));
  moved.replaceChildren(made("path", { d: "M0 -10L10 0L0 10L-10 0z", fill: data.orange }));
  moved.setAttribute("transform", `translate(${toX(at[0])} ${toY(at[1])})`);
  moved.setAttribute("aria-label", data.words.moved.replace("{x}", at[0]).replace("{y}", at[1]));
  const there = svg.contains(moved) ? [...svg.childNodes].filter((node) => node !== moved) : [];
  there.forEach((node) => node.remove());  // not the point itself, which would lose the focus
  if (!svg.contains(moved)) svg.append(moved);
  moved.before(clip, ...ticks, ...lines, ...points);
}

function show(told, theme) {
  data = told;
  if (!isHeld && !timer) at = data.at;
  for (const [name, value] of Object.entries(theme)) {
    if (typeof value === "string") root.style.setProperty(`--${name}`, value);
  }
  root.style.setProperty("--line", data.line);
  svg.setAttribute("aria-label", data.words.plane);
  legend.replaceChildren(
    ...data.lines.map(({ name, colour, dash }) => {
      const entry = document.createElement("span"), mark = made("svg", { width: 24, height: 8, "aria-hidden": true });
      mark.append(made("line", { x1: 0, x2: 24, y1: 4, y2: 4, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }));
      entry.append(mark, name);
      return entry;
    }),
  );
  draw();
  tell("streamlit:setFrameHeight", { height: root.scrollHeight });
}

const place = (event) => {
  const box = svg.getBoundingClientRect(), { ofX, ofY } = scale();
  return [ofX(event.clientX - box.left), ofY(event.clientY - box.top)];
};
moved.addEventListener("pointerdown", (event) => {
  isHeld = true;
  moved.setPointerCapture(event.pointerId);
});
moved.addEventListener("pointermove", (event) => isHeld && move(...place(event)));
for (const name of ["pointerup", "pointercancel"]) moved.addEventListener(name, () => (isHeld = false));
moved.addEventListener("keydown", (event) => {
  const step = KEYS[event.key];
  if (!step) return;
  event.preventDefault();
  move(at[0] + step[0] * STEP * (event.shiftKey ? 10 : 5), at[1] + step[1] * STEP * (event.shiftKey ? 10 : 5));
});
window.addEventListener("resize", () => data && draw());
window.addEventListener("message", ({ source, data: sent }) => {
  if (source === window.parent && sent.type === "streamlit:render") show(sent.args, sent.theme ?? {});
});
tell("streamlit:componentReady", { apiVersion: 1 });
