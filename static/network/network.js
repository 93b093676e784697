// The network: where every neuron stands, the links between them, and the picture of each.
import { cells, sized } from "./frame.js";

const HEAD = 58, RADIUS = 6, NEAR = 7, STEP = 70, GAP = 9;
const heat = cells(10);

// Columns of neurons: inputs, hidden layers, output. `first` is the number of a column's first neuron among all.
export function placed(args, width, height, outputs) {
  const counts = [args.features.length, ...args.layers.map(([units]) => units), outputs];
  const label = Math.min(76, Math.max(62, width * 0.1)), end = outputs > 1 ? 18 : 2;
  const room = Math.max(width, label + counts.length * STEP);
  const tall = height - HEAD - 4;
  const box = (n, most) => Math.max(18, Math.min(most, tall / n - GAP, 62));
  const large = Math.min(box(Math.max(...counts.slice(1)), 58), (room - label) / counts.length / 1.6);
  const across = (room - label - large - end) / (counts.length - 1);
  let first = 0;
  const columns = counts.map((n, at) => {
    const side = at ? large : box(n, 38), gap = Math.min(at ? 22 : 12, n > 1 ? (tall - n * side) / (n - 1) : 0);
    const top = HEAD + (tall - n * side - (n - 1) * gap) / 2;
    const column = { n, side, x: label + at * across + (at ? 0 : Math.max(0, (large - side) / 2)), first,
      y: Array.from({ length: n }, (_, j) => top + j * (side + gap)) };
    first += at ? n : 0;
    return column;
  });
  return { columns, room, height, label };
}

// Every link: from which neuron to which, and which number of the weights it is.
export function linked(columns, on) {
  const links = [];
  let number = 0;
  for (let at = 1; at < columns.length; at++) {
    const before = at === 1 ? on : [...columns[at - 1].y.keys()];
    for (let j = 0; j < columns[at].n; j++) {
      before.forEach((p, source) => links.push({ at, j, p, source, number: number++ }));
    }
  }
  return links;
}

const ends = (columns, { at, j, p }) => {
  const from = columns[at - 1], to = columns[at];
  return [from.x + from.side, from.y[p] + from.side / 2, to.x, to.y[j] + to.side / 2];
};
const curve = (y0, y1, t) => y0 * (1 - t) ** 3 + 3 * y0 * (1 - t) ** 2 * t + 3 * y1 * (1 - t) * t ** 2 + y1 * t ** 3;

// The link under a point: x grows along every curve, so its t is found by halving.
export function under(columns, links, x, y) {
  let best = null, least = NEAR;
  for (const link of links) {
    const [x0, y0, x1, y1] = ends(columns, link);
    if (x <= x0 + 1 || x >= x1 - 1) continue;
    let low = 0, high = 1;
    const half = (x0 + x1) / 2;
    const along = (t) => x0 * (1 - t) ** 3 + 3 * half * (1 - t) ** 2 * t + 3 * half * (1 - t) * t ** 2 + x1 * t ** 3;
    for (let n = 0; n < 14; n++) along((low + high) / 2) < x ? (low = (low + high) / 2) : (high = (low + high) / 2);
    const far = Math.abs(curve(y0, y1, low) - y);
    if (far < least) [best, least] = [link, far];
  }
  return best;
}

export function drawNetwork(canvas, place, links, shown, colours, hot, discretise) {
  const { columns, room, height } = place;
  const pen = sized(canvas, room, height);
  pen.lineCap = "round";
  for (const link of links) {
    const weight = Math.tanh((shown.weights[link.number] ?? 0) / 1.6), size = Math.abs(weight);
    const isHot = hot && (hot.link ? hot.link.number === link.number
      : (hot.at === link.at && hot.j === link.j) || (hot.at === link.at - 1 && hot.j === link.p));
    const [x0, y0, x1, y1] = ends(columns, link), half = (x0 + x1) / 2;
    pen.globalAlpha = hot ? (isHot ? 1 : 0.09) : 0.2 + 0.72 * size;
    pen.lineWidth = 0.6 + 5.4 * size + (isHot && hot.link ? 1 : 0);
    pen.strokeStyle = weight > 0 ? colours.positive : colours.negative;
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.bezierCurveTo(half, y0, half, y1, x1, y1);
    pen.stroke();
  }
  columns.forEach((column, at) => {
    for (let j = 0; j < column.n; j++) {
      const isOff = at === 0 && !shown.on.includes(j);
      const { x, side } = column, y = column.y[j];
      fill(at ? shown.heat : shown.features, at ? column.first + j : j, colours, discretise && at > 0, shown.several && at === columns.length - 1 ? j : null);
      pen.globalAlpha = isOff ? 0.32 : 1;
      pen.save();
      pen.beginPath();
      pen.roundRect(x, y, side, side, RADIUS);
      pen.clip();
      pen.imageSmoothingEnabled = !discretise || at === 0;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(heat.canvas, x, y, side, side);
      pen.restore();
      const isHot = hot && !hot.link && hot.at === at && hot.j === j;
      pen.lineWidth = isHot ? 2 : 1.2;
      pen.strokeStyle = isHot ? colours.text : colours.line;
      pen.beginPath();
      pen.roundRect(x, y, side, side, RADIUS);
      pen.stroke();
      if (at) bias(pen, x, y + side, shown.biases[column.first + j] ?? 0, colours);
      pen.globalAlpha = 1;
    }
  });
}

function fill(values, number, colours, discretise, kind) {
  for (let at = 0; at < 100; at++) {
    const value = values ? values[number * 100 + at] : 128;
    const byte = discretise ? (value > 128 ? 255 : 1) : Math.round(value);
    heat.pixels[at] = kind === null ? colours.signed[byte] : colours.of(kind, byte);
  }
  heat.put();
}

function bias(pen, x, y, value, colours) {
  pen.fillStyle = value > 0 ? colours.positive : value < 0 ? colours.negative : colours.middle;
  pen.strokeStyle = colours.ground;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.roundRect(x - 4, y - 6, 9, 9, 2.5);
  pen.fill();
  pen.stroke();
}
