import type { Reader } from "./readers.ts";

/** What one person may, by the tier that they have (P-23, T-P17). */
export interface TierLimits {
  /** A session ends by itself after so long. */
  readonly maxDurationSec: number;
  /** Of one session. */
  readonly maxQuestions: number;
  readonly sessionsPerDay: number;
  /** Answers sent in; requests to analyse count beside them (T-P02). */
  readonly answersPerMin: number;
  /** Questions that a service writes. */
  readonly writtenPerDay: number;
}

/** What is set about interview practice; each limit counts for one person. */
export interface InterviewSettings {
  readonly free: TierLimits;
  readonly premium: TierLimits;
  /** So long before its end, a session's person is warned. */
  readonly warningSec: number;
  /** Sessions that began longer ago are removed; null for never. */
  readonly retainDays: number | null;
  /** Requests to analyse (P-28). */
  readonly analysesPerMin: number;
  /** Questions asked for, of the bank and of sessions (P-28). */
  readonly questionsPerMin: number;
  /** Files of one's own practice (P-28). */
  readonly exportsPerHour: number;
  /** Takes answers in the characters of document 5 alone, which knows no Korean (T-P01). */
  readonly strictAscii: boolean;
  /** Words that do not belong into an interview, as stems; they are flagged (T-P20). */
  readonly flaggedWords: readonly string[];
  readonly recordings: RecordingSettings;
  /** The service that judges answers; null for the local analyser alone. */
  readonly ai: AiSettings | null;
}

/** Recorded answers; sizes are of what was sent. */
export interface RecordingSettings {
  readonly maxBytes: number;
  readonly maxBytesPerPerson: number;
  readonly maxBytesInAll: number;
  /** Uploads of one person that are not finished. */
  readonly maxUnfinished: number;
  /** One that is not finished by then is removed. */
  readonly uploadMaxAgeSec: number;
}

/** An OpenAI-compatible service. */
export interface AiSettings {
  readonly baseUrl: string;
  /** Null for a service that wants none. */
  readonly apiKey: string | null;
  readonly model: string;
  /** For one answer, all tries together; then the local analyser judges. */
  readonly timeoutSec: number;
  /** For questions that it writes, all tries together. */
  readonly writeTimeoutSec: number;
  /** US cents for a million tokens, of what is sent and of what is answered. */
  readonly inputCents: number;
  readonly outputCents: number;
  /** Null where what people say is not sent to it. */
  readonly transcription: TranscriptionSettings | null;
}

/** Transcripts of recorded answers. */
export interface TranscriptionSettings {
  readonly model: string;
  /** For one recording, all tries together. */
  readonly timeoutSec: number;
  /** A larger recording is not sent. */
  readonly maxBytes: number;
  /** US cents for an hour of sound. */
  readonly centsPerHour: number;
}

/** In both languages. */
export const FLAGGED_WORDS: readonly string[] = [
  ...["씨발", "시발놈", "개새끼", "병신", "지랄", "좆", "미친놈", "미친년", "꺼져", "닥쳐"],
  ...["fuck", "shit", "bitch", "bastard", "asshole", "motherfuck", "dickhead", "cunt"],
];

const FREE: TierLimits = {
  maxDurationSec: 7_200,
  maxQuestions: 20,
  sessionsPerDay: 5,
  answersPerMin: 2,
  writtenPerDay: 10,
};

const RATE = { min: 1, max: 1_000_000 };

/** A tier's settings have names of one form; what is not said is as it was before. */
function parseTier(
  read: Reader,
  prefix: "INTERVIEW_" | "INTERVIEW_PREMIUM_",
  before: TierLimits,
): TierLimits {
  const perTime = (
    name: "SESSIONS_PER_DAY" | "ANSWERS_PER_MIN" | "GENERATED_PER_DAY",
    usual: number,
  ) => read.integer(`${prefix}${name}`, usual, RATE);
  return {
    maxDurationSec: read.seconds(`${prefix}MAX_DURATION`, before.maxDurationSec),
    maxQuestions: read.integer(`${prefix}MAX_QUESTIONS`, before.maxQuestions, { min: 1, max: 100 }),
    sessionsPerDay: perTime("SESSIONS_PER_DAY", before.sessionsPerDay),
    answersPerMin: perTime("ANSWERS_PER_MIN", before.answersPerMin),
    writtenPerDay: perTime("GENERATED_PER_DAY", before.writtenPerDay),
  };
}

/** What a person's tier allows. */
export function limitsOf(
  { free, premium }: Pick<InterviewSettings, "free" | "premium">,
  { isPremium }: { readonly isPremium: boolean },
): TierLimits {
  return isPremium ? premium : free;
}

export function parseInterviews(read: Reader): InterviewSettings {
  const flaggedWords = read.list("INTERVIEW_FLAGGED_WORDS");
  const free = parseTier(read, "INTERVIEW_", FREE);
  const premium = parseTier(read, "INTERVIEW_PREMIUM_", free);
  const shortestSec = Math.min(free.maxDurationSec, premium.maxDurationSec);
  const warningSec = read.seconds("INTERVIEW_WARNING", Math.min(300, shortestSec / 2));
  if (warningSec >= shortestSec) {
    read.fault("INTERVIEW_WARNING", "shorter than INTERVIEW_MAX_DURATION");
  }
  return {
    free,
    premium,
    warningSec,
    strictAscii: read.flag("INTERVIEW_STRICT_ASCII", false),
    flaggedWords: flaggedWords.length === 0 ? FLAGGED_WORDS : flaggedWords,
    retainDays: read.integer("RETAIN_INTERVIEWS_DAYS", null, { min: 1, max: 36_500 }),
    analysesPerMin: read.integer("RATE_ANALYSES_PER_MIN", 10, RATE),
    questionsPerMin: read.integer("RATE_QUESTIONS_PER_MIN", 30, RATE),
    exportsPerHour: read.integer("RATE_EXPORTS_PER_HOUR", 2, RATE),
    recordings: parseRecordings(read),
    ai: parseAi(read),
  };
}

const MEGABYTE = 1_000_000;

/** A setting in megabytes, as bytes. */
function megabytes(read: Reader, name: string, fallback: number): number {
  return read.integer(name, fallback, { min: 1, max: 1_000_000_000 }) * MEGABYTE;
}

function parseRecordings(read: Reader): RecordingSettings {
  return {
    maxBytes: megabytes(read, "RECORDING_MAX_MB", 500),
    maxBytesPerPerson: megabytes(read, "RECORDINGS_PER_PERSON_MB", 2_000),
    maxBytesInAll: megabytes(read, "RECORDINGS_IN_ALL_MB", 20_000),
    maxUnfinished: read.integer("RECORDING_UPLOADS", 3, { min: 1, max: 100 }),
    uploadMaxAgeSec: read.seconds("RECORDING_UPLOAD_MAX_AGE", 86_400),
  };
}

/** A voice is sent to others only where that was asked for: without a model none is. */
function parseTranscription(read: Reader): TranscriptionSettings | null {
  const model = read.optional("OPENAI_TRANSCRIBE_MODEL");
  const settings = {
    timeoutSec: read.seconds("OPENAI_TRANSCRIBE_TIMEOUT", 120),
    maxBytes: megabytes(read, "OPENAI_TRANSCRIBE_MAX_MB", 25),
    centsPerHour: read.integer("OPENAI_TRANSCRIBE_CENTS", 0, { min: 0, max: 1_000_000 }),
  };
  return model === null ? null : { model, ...settings };
}

const OPENAI_URL = "https://api.openai.com/v1";

function parseAi(read: Reader): AiSettings | null {
  const price = { min: 0, max: 1_000_000 };
  const apiKey = read.optional("OPENAI_API_KEY");
  const baseUrl = read.optional("OPENAI_BASE_URL");
  if (baseUrl !== null && !/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? "")) {
    read.fault("OPENAI_BASE_URL", "a URL that begins with http:// or https://");
  }
  const settings = {
    baseUrl: (baseUrl ?? OPENAI_URL).replace(/\/+$/, ""),
    apiKey,
    model: read.text("OPENAI_MODEL", "gpt-4o-mini"),
    timeoutSec: read.seconds("OPENAI_TIMEOUT", 5),
    writeTimeoutSec: read.seconds("OPENAI_GENERATE_TIMEOUT", 30),
    inputCents: read.integer("OPENAI_INPUT_CENTS", 0, price),
    outputCents: read.integer("OPENAI_OUTPUT_CENTS", 0, price),
    transcription: parseTranscription(read),
  };
  return apiKey === null && baseUrl === null ? null : settings;
}
