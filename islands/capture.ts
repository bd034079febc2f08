/** A recording under way. */
export interface Capture {
  /** What camera and microphone give, to be shown meanwhile. */
  readonly stream: MediaStream;
  /** Ends it, and gives the file. */
  stop(): Promise<Blob>;
  /** Ends it without. */
  discard(): void;
}

/** A second at a time, so that a long recording is not one block in memory. */
const SLICE_MS = 1_000;

/** Whether this browser can record here at all; without HTTPS it cannot. */
export function canCapture(): boolean {
  return typeof MediaRecorder === "function" && navigator.mediaDevices !== undefined;
}

/**
 * Asks for the microphone, and for the camera too, and records.
 * @throws DOMException when the person or the system does not allow it, or there is none
 */
export async function capture({ video }: { readonly video: boolean }): Promise<Capture> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  const pieces: Blob[] = [];
  const recorder = new MediaRecorder(stream);
  const ended = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve()));
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.start(SLICE_MS);
  const release = () => stream.getTracks().forEach((track) => track.stop());
  return {
    stream,
    async stop() {
      recorder.stop();
      await ended;
      release();
      return new Blob(pieces, { type: recorder.mimeType });
    },
    discard() {
      if (recorder.state !== "inactive") recorder.stop();
      release();
    },
  };
}
