/** A recording that the stand-in service got. */
export interface TranscriptionCall {
  readonly path: string;
  readonly authorization: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  readonly fileType: string;
  readonly bytes: Uint8Array;
  /** Aborted when the service is shut down. */
  readonly signal: AbortSignal;
}

/** What the stand-in does; a string is a good transcript. */
export type Transcribing = (call: TranscriptionCall) => string | Response | Promise<Response>;

/** A service on loopback that speaks the protocol of OpenAI's audio transcriptions. */
export function transcriptionService(behave: Transcribing) {
  const calls: TranscriptionCall[] = [];
  const closing = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      // It judges nothing.
      if (!request.url.endsWith("/audio/transcriptions")) return new Response("", { status: 404 });
      const form = await request.formData();
      const file = form.get("file");
      if (!(file instanceof File)) return Response.json({ error: "no file" }, { status: 400 });
      form.delete("file");
      const call: TranscriptionCall = {
        path: new URL(request.url).pathname,
        authorization: request.headers.get("authorization"),
        fields: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
        fileName: file.name,
        fileType: file.type,
        bytes: await file.bytes(),
        signal: closing.signal,
      };
      calls.push(call);
      const answer = await behave(call);
      return answer instanceof Response ? answer : Response.json({ text: answer });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    calls,
    [Symbol.asyncDispose]: () => {
      closing.abort();
      return server.shutdown();
    },
  };
}
