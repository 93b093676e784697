// The right side: the losses as numbers and lines, and the output over the plane with its points.
import { cells, sized } from "./frame.js";

const plane = cells(100), small = cells(10);
const MARKS = [
  (p, x, y, r) => p.rect(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r),
  (p, x, y, r) => p.arc(x, y, r, 0, 7),
  (p, x, y, r) => (p.moveTo(x, y - r * 1.2), p.lineTo(x + r * 1.15, y + r), p.lineTo(x - r * 1.15, y + r), p.closePath()),
  (p, x, y, r) => (p.moveTo(x, y - r * 1.3), p.lineTo(x + r * 1.3, y), p.lineTo(x, y + r * 1.3), p.lineTo(x - r * 1.3, y), p.closePath()),
];

export function drawSurface(canvas, side, shown, colours, { points, isRegression, several, discretise, test, hot }) {
  const pen = sized(canvas, side, side);
  pen.save();
  pen.beginPath();
  pen.roundRect(0, 0, side, side, 8);
  pen.clip();
  if (hot !== null && shown.heat) {  // a neuron that is pointed at, large
    for (let at = 0; at < 100; at++) small.pixels[at] = colours.signed[Math.round((hot.at ? shown.heat : shown.features)[hot.number * 100 + at])];
    small.put();
    pen.imageSmoothingQuality = "high";
    pen.drawImage(small.canvas, 0, 0, side, side);
  } else if (shown.surface) {
    for (let at = 0; at < plane.pixels.length; at++) {
      const value = shown.surface[at];
      plane.pixels[at] = several ? colours.of(value, discretise ? 255 : shown.sure[at])
        : colours.signed[discretise ? (value > 128 ? 255 : 1) : Math.round(value)];
    }
    plane.put();
    pen.imageSmoothingEnabled = !discretise;
    pen.drawImage(plane.canvas, 0, 0, side, side);
  }
  const size = Math.max(2.6, side / 100);
  for (let at = 0; at < points.length; at += 4) {
    const [x, y, label, isTest] = points.subarray(at, at + 4);
    if (isTest && !test) continue;
    const colour = isRegression ? colours.css(128 + label) : several ? colours.series[label % colours.series.length] : label ? colours.positive : colours.negative;
    pen.beginPath();
    (isRegression ? MARKS[1] : MARKS[label % MARKS.length])(pen, ((x / 127 + 1) / 2) * side, ((1 - y / 127) / 2) * side, size);
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = isTest ? 1.8 : 1;
    pen.strokeStyle = isTest ? colours.text : colours.ground;
    pen.stroke();
  }
  pen.restore();
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(0.5, 0.5, side - 1, side - 1, 8);
  pen.stroke();
}

const number = (value) => (Math.abs(value) >= 1000 ? value.toPrecision(3) : String(+value.toPrecision(2)));

export function drawCurve(canvas, width, height, history, colours, font) {
  const pen = sized(canvas, width, height), bottom = 18, rows = history.length / 3;
  let top = 0;
  for (let at = 0; at < history.length; at += 3) {
    for (const value of [history[at + 1], history[at + 2]]) if (Number.isFinite(value)) top = Math.max(top, value);
  }
  top = top || 1;
  pen.font = `12px ${font}`;
  const left = Math.max(34, ...[top / 2, top].map((value) => pen.measureText(number(value)).width + 8));
  const last = Math.max(1, rows ? history[history.length - 3] : 1);
  const x = (value) => left + (value / last) * (width - left - 4), y = (value) => 6 + (1 - value / top) * (height - bottom - 8);
  pen.fillStyle = colours.text;
  pen.textBaseline = "middle";
  for (const value of [0, top / 2, top]) {
    pen.strokeStyle = colours.line;
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(left, y(value));
    pen.lineTo(width, y(value));
    pen.stroke();
    pen.globalAlpha = 0.75;
    pen.textAlign = "right";
    pen.fillText(number(value), left - 6, y(value));
  }
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  pen.fillText("0", left, height - 2);
  pen.textAlign = "right";
  pen.fillText(Math.round(last).toLocaleString("en"), width, height - 2);
  pen.globalAlpha = 1;
  pen.lineJoin = "round";
  pen.lineWidth = 2;
  [1, 2].forEach((of) => {
    pen.strokeStyle = colours.series[of - 1];
    pen.setLineDash(of === 2 ? [6, 4] : []);
    pen.beginPath();
    for (let at = 0; at < history.length; at += 3) {
      if (Number.isFinite(history[at + of])) pen.lineTo(x(history[at]), y(history[at + of]));
    }
    pen.stroke();
  });
  pen.setLineDash([]);
}
