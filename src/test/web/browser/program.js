import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const JAR = process.env.JAR ?? join(ROOT, "target/bybit-live-connector.jar");

/** A run of the packed jar in a folder of its own. */
export class Program {
  constructor(process, port, folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.url = `http://localhost:${port}`;
  }

  /**
   * @param {Record<string, string>} [settings]
   * @param {Record<string, string>} [files] written into the folder before the start
   */
  static async start(settings = {}, files = {}) {
    const folder = mkdtempSync(join(tmpdir(), "dashboard-"));
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), text);
    }
    const port = Number(settings.HTTP_PORT ?? (await freePort()));
    const log = openSync(join(folder, "log"), "w");
    const child = spawn("java", ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, HTTP_PORT: String(port), ...settings },
      stdio: ["ignore", log, log],
    });
    const program = new Program(child, port, folder);
    await until(`${program.url} answers`, async () => (await fetch(`${program.url}/live`)).ok, 120_000);
    return program;
  }

  async health() {
    return (await fetch(`${this.url}/ws/health`)).json();
  }

  /** The last trades, oldest first. */
  async trades() {
    return (await (await fetch(`${this.url}/trades?limit=500`)).json()).trades;
  }

  async post(path, body) {
    const response = await fetch(this.url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  /** Kills the connector process; returns its pid. */
  async killConnector() {
    const { pid } = (await this.health()).connector.connector_health;
    process.kill(pid, "SIGKILL");
    return pid;
  }

  async stop() {
    if (this.process.exitCode !== null) {
      return;
    }
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
  }
}

/** Awaits a condition; what fails on the way counts as not yet. */
export async function until(what, condition, millis = 60_000) {
  const end = Date.now() + millis;
  let failure;
  while (Date.now() < end) {
    try {
      if (await condition()) {
        return;
      }
    } catch (e) {
      failure = e;
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`not within ${millis / 1000} s: ${what}`, { cause: failure });
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** The folder of the screenshots. */
export function screenshots() {
  const folder = join(ROOT, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  return folder;
}
