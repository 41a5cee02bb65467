// Plays movements over time on a canvas: arcs grow in on their day, nothing travels along them, for no source tells a path
// or a speed. The server is told the days only when it stops. Who asks for reduced motion gets steps instead.
const TILE = 512;
const land = {};

function mercator(lat) {
  const clipped = Math.max(-80, Math.min(80, lat));
  return Math.log(Math.tan(Math.PI / 4 + (clipped * Math.PI) / 360));
}

function loadLand(address) {
  land[address] ??= fetch(address).then((answer) => answer.json());
  return land[address];
}

class Player {
  constructor(root, quiet) {
    this.root = root;
    this.quiet = quiet;
    this.at = null;
    this.running = false;
    this.mode = "cumulative";
    root.querySelector(".tm-play").addEventListener("click", () => (this.running ? this.pause() : this.start()));
    root.querySelector(".tm-back").addEventListener("click", () => this.step(-1));
    root.querySelector(".tm-next").addEventListener("click", () => this.step(1));
    root.querySelector(".tm-time").addEventListener("input", (event) => this.seek(Number(event.target.value)));
    root.querySelector(".tm-time").addEventListener("change", () => this.report());
    root.querySelector(".tm-mode").addEventListener("change", (event) => {
      this.mode = event.target.value;
      this.draw();
      this.report();
    });
    root.querySelector(".tm-play").hidden = quiet;
    this.watcher = new ResizeObserver(() => this.paintLand());
    this.watcher.observe(root.querySelector(".tm-canvas"));
  }

  show(data, tell) {
    this.tell = tell;
    const text = JSON.stringify(data);
    if (text === this.text) return;
    this.text = text;
    this.data = data;
    this.last = data.labels.length;
    this.span = Math.max(1, Math.round(this.last / 8));
    if (this.at === null || this.at > this.last) this.at = this.last;
    const slider = this.root.querySelector(".tm-time");
    slider.max = this.last;
    slider.step = "any";
    loadLand(data.land).then((outlines) => {
      this.outlines = outlines;
      this.paintLand();
    }, () => this.paintLand());
  }

  project([lon, lat]) {
    const { view } = this.data;
    const scale = (TILE * 2 ** view.zoom * this.fit) / (2 * Math.PI);
    return [this.width / 2 + ((lon - view.longitude) * Math.PI * scale) / 180, this.height / 2 + (mercator(view.latitude) - mercator(lat)) * scale];
  }

  paintLand() {
    const canvas = this.root.querySelector(".tm-canvas");
    if (!this.data || !canvas.clientWidth) return;
    const ratio = window.devicePixelRatio || 1;
    this.width = canvas.clientWidth;
    this.height = this.data.size[1];
    this.fit = this.width / this.data.size[0];
    canvas.width = this.width * ratio;
    canvas.height = this.height * ratio;
    this.ratio = ratio;
    this.base = document.createElement("canvas");
    this.base.width = canvas.width;
    this.base.height = canvas.height;
    const ink = this.base.getContext("2d");
    ink.scale(ratio, ratio);
    ink.fillStyle = this.data.greys.sea;
    ink.fillRect(0, 0, this.width, this.height);
    ink.fillStyle = this.data.greys.land;
    ink.strokeStyle = this.data.greys.border;
    ink.lineWidth = 0.7;
    for (const turn of [-360, 0, 360]) {
      ink.beginPath();
      for (const feature of this.outlines?.features ?? []) {
        for (const polygon of feature.geometry.coordinates) {
          for (const ring of polygon) {
            ring.forEach(([lon, lat], i) => {
              const [x, y] = this.project([lon + turn, lat]);
              if (i) ink.lineTo(x, y);
              else ink.moveTo(x, y);
            });
            ink.closePath();
          }
        }
      }
      ink.fill();
      ink.stroke();
    }
    this.draw();
  }

  // Persons of an arc in the time shown; what came in the last step counts by how much of the step has passed.
  weigh(arc) {
    let sum = 0;
    for (const [bin, persons] of arc.d) {
      const come = Math.min(1, Math.max(0, this.at - bin));
      const gone = this.mode === "window" ? Math.min(1, Math.max(0, this.at - this.span - bin)) : 0;
      sum += persons * (come - gone);
    }
    return sum;
  }

  draw() {
    if (!this.base) return;
    const ink = this.root.querySelector(".tm-canvas").getContext("2d");
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.drawImage(this.base, 0, 0);
    ink.scale(this.ratio, this.ratio);
    ink.lineCap = "round";
    let drawn = 0;
    for (const arc of this.data.arcs) {
      const persons = this.weigh(arc);
      if (persons <= 0) continue;
      drawn += 1;
      const width = arc.thin ? 1.6 : Math.min(18, Math.max(1.4, Math.sqrt(persons) * this.data.perRoot)) * Math.min(1, this.fit + 0.2);
      for (const turn of [-360, 0, 360]) this.drawArc(ink, arc, width, turn);
    }
    this.drawNames(ink);
    this.root.dataset.drawn = drawn;
    const step = Math.min(this.last - 1, Math.max(0, Math.ceil(this.at) - 1));
    const first = this.mode === "window" ? Math.max(0, step - this.span + 1) : 0;
    const label = this.mode === "window" && first < step ? `${this.data.labels[first]} \u2013 ${this.data.labels[step]}` : this.data.labels[step];
    this.root.querySelector(".tm-day").textContent = (this.mode === "window" ? "" : "until ") + label;
    const slider = this.root.querySelector(".tm-time");
    slider.value = this.at;
    slider.setAttribute("aria-valuetext", label);
  }

  drawArc(ink, arc, width, turn) {
    const [x, y] = this.project([arc.s[0] + turn, arc.s[1]]);
    const [u, v] = this.project([arc.t[0] + turn, arc.t[1]]);
    if (Math.max(x, u) < -50 || Math.min(x, u) > this.width + 50) return;
    const bow = arc.h * 0.9;
    const [cx, cy] = [(x + u) / 2 + (v - y) * bow, (y + v) / 2 - (u - x) * bow];
    const fade = ink.createLinearGradient(x, y, u, v);
    const [r, g, b, alpha] = arc.c;
    fade.addColorStop(0, `rgba(${r},${g},${b},${Math.min(alpha, 70) / 255})`);
    fade.addColorStop(1, `rgba(${r},${g},${b},${alpha / 255})`);
    const stroke = (style, wide) => {
      ink.strokeStyle = style;
      ink.lineWidth = wide;
      ink.beginPath();
      ink.moveTo(x, y);
      ink.quadraticCurveTo(cx, cy, u, v);
      ink.stroke();
    };
    stroke(fade, arc.o ? Math.max(3.6, width) : width);
    if (arc.o) stroke(this.data.greys.halo, Math.max(3.6, width) * 0.5);
    ink.fillStyle = `rgba(${r},${g},${b},${alpha / 255})`;
    ink.beginPath();
    ink.arc(u, v, 2.5 + width / 3, 0, 7);
    ink.fill();
  }

  drawNames(ink) {
    ink.font = "600 12px 'Source Sans', 'Source Sans Pro', sans-serif";
    ink.textAlign = "center";
    ink.lineJoin = "round";
    ink.lineWidth = 3;
    for (const { p, name, y } of this.data.names) {
      const turn = 360 * Math.round((this.data.view.longitude - p[0]) / 360);
      const [left, top] = this.project([p[0] + turn, p[1]]);
      ink.strokeStyle = this.data.greys.halo;
      ink.strokeText(name, left, top + y);
      ink.fillStyle = this.data.greys.ink;
      ink.fillText(name, left, top + y);
    }
  }

  start() {
    if (this.at >= this.last) this.at = 0;
    this.running = true;
    this.mark();
    let before = performance.now();
    // The whole span takes about twenty seconds, a single step never less than a fifth of one.
    const pace = Math.min(5, Math.max(0.5, this.last / 20));
    const frame = (now) => {
      if (!this.running || !this.root.isConnected) return;
      this.at = Math.min(this.last, this.at + ((now - before) / 1000) * pace);
      before = now;
      this.draw();
      if (this.at >= this.last) this.pause();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  pause() {
    this.running = false;
    this.at = Math.max(1, Math.ceil(this.at));
    this.mark();
    this.draw();
    this.report();
  }

  mark() {
    const button = this.root.querySelector(".tm-play");
    button.textContent = this.running ? "Pause" : "Play";
    this.root.dataset.running = this.running;
  }

  seek(at) {
    this.running = false;
    this.mark();
    this.at = at;
    this.draw();
  }

  step(by) {
    this.seek(Math.min(this.last, Math.max(1, Math.round(this.at) + by)));
    this.report();
  }

  report() {
    const step = Math.min(this.last - 1, Math.max(0, Math.ceil(this.at) - 1));
    const first = this.mode === "window" ? Math.max(0, step - this.span + 1) : 0;
    this.tell({ first, last: step, mode: this.mode });
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".tm-player");
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  root.player ??= new Player(root, quiet);
  root.player.show(data, (range) => setTriggerValue("stopped", range));
  return () => {
    if (root.player) root.player.running = false;
  };
}
