import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Notice } from "../lib/ui/Notice.tsx";
import type { Locale } from "../lib/ui/locale.ts";
import { createNumbers } from "../lib/ui/numbers.ts";
import { wordsOf } from "../lib/ui/words.ts";
import { canCapture, type Capture, capture } from "./capture.ts";
import { browserClock } from "./clock.ts";
import { RefusedError, upload } from "./upload.ts";

export interface AnswerRecorderProps {
  /** Where recordings of the interview go. */
  readonly url: string;
  readonly questionId: string;
  /** Where the feedback will be. */
  readonly next: string;
  readonly csrf: string;
  readonly maxBytes: number;
  readonly locale: Locale;
}

type Problem = "notAllowed" | "noDevice" | "tooLarge" | "noMedia" | "refused";

type State =
  | { readonly kind: "idle"; readonly problem: Problem | null }
  | { readonly kind: "recording"; readonly capture: Capture; readonly isVideo: boolean }
  | { readonly kind: "ready"; readonly file: Blob }
  | { readonly kind: "sending"; readonly file: Blob; readonly bytes: number; isWaiting: boolean };

const IDLE: State = { kind: "idle", problem: null };

/** Records an answer or takes a file, sends it in pieces, and goes on to its feedback (P-38, P-43). */
export function AnswerRecorder(props: AnswerRecorderProps) {
  const { locale, maxBytes, next } = props;
  const words = wordsOf(locale).practice.recorder;
  const [state, setState] = useState<State>(IDLE);
  const stopping = useRef(new AbortController());
  const isLive = useIsLive();
  const fail = (problem: Problem) => setState({ kind: "idle", problem });

  async function record(isVideo: boolean): Promise<void> {
    try {
      setState({ kind: "recording", capture: await capture({ video: isVideo }), isVideo });
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === "NotAllowedError";
      fail(isRefused ? "notAllowed" : "noDevice");
    }
  }

  function take(file: Blob): void {
    if (file.size === 0 || file.size > maxBytes) fail(file.size === 0 ? "noMedia" : "tooLarge");
    else setState({ kind: "ready", file });
  }

  async function send(file: Blob): Promise<void> {
    stopping.current = new AbortController();
    let bytes = 0;
    const show = (isWaiting: boolean) => setState({ kind: "sending", file, bytes, isWaiting });
    show(false);
    try {
      await upload(file, {
        ...props,
        fetch: (url, init) => fetch(url, init),
        clock: browserClock,
        signal: stopping.current.signal,
        onProgress(stored) {
          bytes = stored;
          show(false);
        },
        onWaiting: () => show(true),
      });
      location.assign(next);
    } catch (error) {
      if (!(error instanceof RefusedError)) return setState({ kind: "ready", file });
      if (error.status === 401) return location.reload();
      fail(error.status === 413 ? "tooLarge" : error.status === 415 ? "noMedia" : "refused");
    }
  }

  if (!isLive) return null;
  switch (state.kind) {
    case "idle":
      return <Start {...{ locale, record, take }} problem={state.problem} />;
    case "recording":
      return (
        <Recording
          {...state}
          locale={locale}
          done={async () => take(await state.capture.stop())}
          leave={() => {
            state.capture.discard();
            setState(IDLE);
          }}
        />
      );
    case "ready":
      return (
        <Ready {...{ locale }} file={state.file}>
          <button class="button button--main" type="button" onClick={() => send(state.file)}>
            {words.send}
          </button>
          <button class="button" type="button" onClick={() => setState(IDLE)}>{words.again}</button>
        </Ready>
      );
    case "sending":
      return <Sending {...state} locale={locale} stop={() => stopping.current.abort()} />;
  }
}

/** Nothing of it works without script, so nothing of it is in the page before. */
function useIsLive(): boolean {
  const [isLive, setIsLive] = useState(false);
  useEffect(() => setIsLive(true), []);
  return isLive;
}

interface StartProps {
  readonly locale: Locale;
  readonly problem: Problem | null;
  readonly record: (isVideo: boolean) => void;
  readonly take: (file: Blob) => void;
}

function Start({ locale, problem, record, take }: StartProps) {
  const words = wordsOf(locale).practice.recorder;
  return (
    <div class="recorder">
      <h3>{words.title}</h3>
      <p class="card__hint">{words.hint}</p>
      {problem && <Notice tone="bad">{words.problems[problem]}</Notice>}
      <div class="practice__deeds">
        {canCapture() && (
          <>
            <button class="button" type="button" onClick={() => record(false)}>
              {words.sound}
            </button>
            <button class="button" type="button" onClick={() => record(true)}>
              {words.picture}
            </button>
          </>
        )}
        <label class="button recorder__file">
          {words.file}
          <input
            class="sr-only"
            type="file"
            accept="audio/*,video/*"
            onChange={({ currentTarget: { files } }) => files?.[0] && take(files[0])}
          />
        </label>
      </div>
    </div>
  );
}

interface RecordingProps {
  readonly capture: Capture;
  readonly isVideo: boolean;
  readonly locale: Locale;
  readonly done: () => void;
  readonly leave: () => void;
}

function Recording({ capture, isVideo, locale, done, leave }: RecordingProps) {
  const words = wordsOf(locale).practice.recorder;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = capture.stream;
    // Who goes to another page leaves no open microphone behind.
    return () => capture.discard();
  }, [capture]);
  return (
    <div class="recorder">
      <p class="recorder__live" role="status">{words.recording}</p>
      {isVideo && <video class="recorder__media" ref={video} muted autoplay playsInline />}
      <div class="practice__deeds">
        <button class="button button--main" type="button" onClick={done}>{words.stop}</button>
        <button class="button" type="button" onClick={leave}>{words.discard}</button>
      </div>
    </div>
  );
}

interface ReadyProps {
  readonly file: Blob;
  readonly locale: Locale;
  readonly children: ComponentChildren;
}

function Ready({ file, locale, children }: ReadyProps) {
  const words = wordsOf(locale).practice.recorder;
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <div class="recorder">
      <p role="status">{words.ready(megabytes(file.size, locale))}</p>
      {url && (
        <video class="recorder__media" src={url} controls playsInline aria-label={words.own} />
      )}
      <div class="practice__deeds">{children}</div>
    </div>
  );
}

interface SendingProps {
  readonly file: Blob;
  readonly bytes: number;
  readonly isWaiting: boolean;
  readonly locale: Locale;
  readonly stop: () => void;
}

function Sending({ file, bytes, isWaiting, locale, stop }: SendingProps) {
  const words = wordsOf(locale).practice.recorder;
  const sent = words.sent(megabytes(bytes, locale), megabytes(file.size, locale));
  return (
    <div class="recorder">
      <p role="status">{isWaiting ? words.waiting : words.sending}</p>
      <progress
        class="practice__progress"
        max={file.size}
        value={bytes}
        aria-label={words.sending}
      />
      <p class="card__hint">{sent}</p>
      <button class="button" type="button" onClick={stop}>{words.cancel}</button>
    </div>
  );
}

function megabytes(bytes: number, locale: Locale): string {
  return createNumbers(locale).fixed(bytes / 1_000_000, 1);
}
