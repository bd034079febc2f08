import type { Reader } from "./readers.ts";

/** What is set about interview practice (P-23); each limit counts for one person. */
export interface InterviewSettings {
  /** A session ends by itself after so long. */
  readonly maxDurationSec: number;
  /** So long before, its person is warned. */
  readonly warningSec: number;
  readonly maxQuestions: number;
  readonly sessionsPerDay: number;
  /** Sessions that began longer ago are removed; null for never. */
  readonly retainDays: number | null;
  /** Answers sent in, and requests to analyse (T-P02): both count. */
  readonly answersPerMin: number;
  readonly analysesPerMin: number;
  /** Questions asked for, of the bank and of sessions (P-28). */
  readonly questionsPerMin: number;
  /** Files of one's own practice (P-28). */
  readonly exportsPerHour: number;
  /** Sessions that one may start on a day who has the premium tier (T-P17). */
  readonly premiumSessionsPerDay: number;
  /** Questions that a service may write on a day for one, and for one of the premium tier. */
  readonly writtenPerDay: number;
  readonly premiumWrittenPerDay: number;
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

export function parseInterviews(read: Reader): InterviewSettings {
  const rate = { min: 1, max: 1_000_000 };
  const sessionsPerDay = read.integer("INTERVIEW_SESSIONS_PER_DAY", 5, rate);
  const writtenPerDay = read.integer("INTERVIEW_GENERATED_PER_DAY", 10, rate);
  const flaggedWords = read.list("INTERVIEW_FLAGGED_WORDS");
  const maxDurationSec = read.seconds("INTERVIEW_MAX_DURATION", 7_200);
  const warningSec = read.seconds("INTERVIEW_WARNING", Math.min(300, maxDurationSec / 2));
  if (warningSec >= maxDurationSec) {
    read.fault("INTERVIEW_WARNING", "shorter than INTERVIEW_MAX_DURATION");
  }
  return {
    maxDurationSec,
    warningSec,
    maxQuestions: read.integer("INTERVIEW_MAX_QUESTIONS", 20, { min: 1, max: 100 }),
    sessionsPerDay,
    premiumSessionsPerDay: read.integer(
      "INTERVIEW_PREMIUM_SESSIONS_PER_DAY",
      sessionsPerDay,
      rate,
    ),
    writtenPerDay,
    premiumWrittenPerDay: read.integer(
      "INTERVIEW_PREMIUM_GENERATED_PER_DAY",
      writtenPerDay,
      rate,
    ),
    strictAscii: read.flag("INTERVIEW_STRICT_ASCII", false),
    flaggedWords: flaggedWords.length === 0 ? FLAGGED_WORDS : flaggedWords,
    retainDays: read.integer("RETAIN_INTERVIEWS_DAYS", null, { min: 1, max: 36_500 }),
    answersPerMin: read.integer("INTERVIEW_ANSWERS_PER_MIN", 2, rate),
    analysesPerMin: read.integer("RATE_ANALYSES_PER_MIN", 10, rate),
    questionsPerMin: read.integer("RATE_QUESTIONS_PER_MIN", 30, rate),
    exportsPerHour: read.integer("RATE_EXPORTS_PER_HOUR", 2, rate),
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
