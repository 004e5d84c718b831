// The one way to the server. Every answer that is not a success becomes a RefusedError with its reasons; no answer at all becomes one of
// status 0, which the banner shows and mends. A session that ended is told to the shell, which asks to sign in over the page, so that
// nothing on the page is lost.
import createClient from "openapi-fetch";
import { type Refusal, RefusedError } from "./refusals";
import type { paths } from "./schema";

type Listener = () => void;
const listeners = { lost: new Set<Listener>(), found: new Set<Listener>(), signedOut: new Set<Listener>() };
let lost = false;

/** on hears of a lost connection, of its return, and of a session that ended. */
export function on(event: keyof typeof listeners, listener: Listener): () => void {
  listeners[event].add(listener);
  return () => listeners[event].delete(listener);
}

function tell(event: keyof typeof listeners) {
  for (const listener of listeners[event]) listener();
}

async function carry(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("Accept-Language", document.documentElement.lang === "en" ? "en" : "zh");
  let response: Response;
  try {
    response = await fetch(new Request(request, { headers }));
  } catch (error) {
    if (request.signal.aborted) throw error;
    if (!lost) {
      lost = true;
      tell("lost");
    }
    throw new RefusedError(0, [], String(error));
  }
  if (lost) {
    lost = false;
    tell("found");
  }
  return response;
}

/** loading gets a part of the interface itself; where the connection is lost it waits for its return, and reloads as a last resort. */
export async function loading<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    if (!lost) {
      lost = true;
      tell("lost");
    }
    await new Promise<void>((resolve) => {
      const off = on("found", () => {
        off();
        resolve();
      });
    });
    return load().catch(() => {
      location.reload();
      return new Promise<T>(() => {});
    });
  }
}

export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "http://localhost" : location.origin,
  fetch: carry,
});

type Problem = { title?: string; detail?: string; status?: number; instance?: string; refusals?: Refusal[] };

/** got gives what a request answered, or throws why not. */
export async function got<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw refusedBy(response.status, error);
}

export function refusedBy(status: number, body: unknown): RefusedError {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Problem;
  if (status === 401) tell("signedOut");
  return new RefusedError(status, problem.refusals ?? [], problem.detail ?? problem.title ?? `HTTP ${status}`, problem.instance);
}

/** freshKey is an idempotency key: the same act sent twice is done once. */
export function freshKey(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}-${Math.random().toString(36).slice(2)}`;
}

/** sendFile posts a file as multipart, with fields beside it, telling how far it is. Who stops it gets an AbortError. */
export function sendFile<T>(
  path: string,
  file: File,
  progress?: (part: number) => void,
  fields: Record<string, string> = {},
  stop?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept-Language", document.documentElement.lang === "en" ? "en" : "zh");
    request.responseType = "json";
    request.upload.onprogress = (e) => e.lengthComputable && progress?.(e.loaded / e.total);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve(request.response as T)
        : reject(refusedBy(request.status, request.response));
    request.onerror = () => reject(new RefusedError(0, [], "network"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    stop?.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file);
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    request.send(form);
  });
}
