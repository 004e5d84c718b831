// A city of its own for a test: the built binary in demo mode on a database in a temporary folder. Its clock can be set ahead, by a
// restart, so that periods of weeks pass at once; browsers that are open see the connection go and come back.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { patience } from "./patience";
import { Person } from "./person";
import { results } from "./results";

/** The password of every account of the demo city, as the server prints it. */
const password = "kechuang2025";

/** The program, as build.ts has made it. */
function binary(): string {
  const built = process.env.KECHUANG_BIN;
  if (!built) throw new Error("the program is not built: run the tests by npm run browser");
  return built;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

export class City {
  private process: ChildProcess | null = null;
  private browser: Browser | null = null;
  private people = new Map<string, Person>();
  private log = "";
  ahead = 0;
  base = "";

  private constructor(
    readonly program: string,
    readonly folder: string,
    private readonly port: number,
  ) {}

  /** open builds the program where needed, starts a city and a browser. */
  static async open(): Promise<City> {
    if (!existsSync(join(import.meta.dirname, "..", "dist", "app", "index.html")))
      throw new Error("build the interface first: npm run build");
    mkdirSync(results, { recursive: true });
    const city = new City(binary(), mkdtempSync(join(tmpdir(), "kechuang-browser-")), await freePort());
    await city.start();
    city.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    return city;
  }

  private async start(): Promise<void> {
    const args = [
      "serve",
      "--demo",
      `--ahead=${this.ahead}`,
      "--db",
      `sqlite:${join(this.folder, "city.db")}`,
      "--addr",
      `127.0.0.1:${this.port}`,
    ];
    this.base = `http://127.0.0.1:${this.port}`;
    this.process = spawn(this.program, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.process.stdout?.on("data", (d) => {
      this.log += d;
    });
    this.process.stderr?.on("data", (d) => {
      this.log = (this.log + d).slice(-20_000);
    });
    for (let tries = 0; tries < 240 * patience; tries++) {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.log}`);
      if (
        await fetch(`${this.base}/api/health`).then(
          (r) => r.ok,
          () => false,
        )
      )
        return;
      await new Promise((r) => setTimeout(r, 250));
    }
    throw new Error(`the server does not answer: ${this.log}`);
  }

  private async halt(): Promise<void> {
    const running = this.process;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((r) => running.once("exit", r));
    running.kill("SIGTERM");
    await ended;
  }

  /** pass lets days go by: everybody's session ends on the way, as it would. */
  async pass(days: number): Promise<void> {
    this.ahead += days;
    await this.halt();
    await this.start();
    for (const person of this.people.values()) await person.close();
    this.people.clear();
  }

  /** day is a civil day so many days from the city's today. */
  day(offset = 0): string {
    return new Date(Date.now() + 8 * 3_600_000 + (this.ahead + offset) * 86_400_000).toISOString().slice(0, 10);
  }

  /** as is somebody at a browser of their own, signed in through the page. */
  async as(login: string, options: BrowserContextOptions = {}): Promise<Person> {
    const there = this.people.get(login);
    if (there) return there;
    const person = await this.visitor(options);
    await person.signIn(login, password);
    this.people.set(login, person);
    return person;
  }

  /** visitor is somebody without an account. */
  async visitor(options: BrowserContextOptions = {}): Promise<Person> {
    if (!this.browser) throw new Error("the city is closed");
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "zh-CN",
      colorScheme: "light",
      ...options,
    });
    context.setDefaultTimeout(12_000 * patience);
    return new Person(this.base, await context.newPage());
  }

  /** evidence keeps what everybody saw, for a test that failed. */
  async evidence(name: string): Promise<void> {
    for (const [login, person] of this.people)
      await person.page.screenshot({ path: join(results, `failed-${name}-${login}.png`), fullPage: true }).catch(() => {});
  }

  async close(): Promise<void> {
    for (const person of this.people.values()) await person.close();
    await this.browser?.close();
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
