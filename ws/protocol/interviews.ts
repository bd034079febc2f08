/** What a person hears of their interviews over Socket.IO. */

/** What all news of an analysis have in common (document 4). */
export interface AnalysisNews {
  readonly interviewId: string;
  readonly message: string;
  readonly status: "processing" | "completed" | "failed";
  /** Of the one answer that it is about; an interview has several. */
  readonly analysisId?: string;
  readonly timestamp: string;
  readonly server: string;
}

/** How far an analysis has come (V-08). */
export interface AnalysisProgress extends AnalysisNews {
  readonly status: "processing";
  /** 0 to 100. */
  readonly percent: number;
  readonly stage: string;
}

/** What came of an analysis (V-09). */
export interface AnalysisCompleted extends AnalysisNews {
  readonly status: "completed";
  readonly analysis: {
    readonly summary: string;
    readonly analyzedAt: string;
    /** Of the answer, in bytes. */
    readonly fileSize: number;
  };
}

/** Why an analysis was given up (V-10). */
export interface AnalysisFailed extends AnalysisNews {
  readonly status: "failed";
  readonly error: string;
  /** Whether the same answer may be sent again. */
  readonly retryable: boolean;
  readonly failedAt: string;
}

/** An interview as it is now (V-11). */
export interface InterviewNews {
  readonly interviewId: string;
  readonly message: string;
  readonly status: "active" | "completed" | "abandoned" | "deleted";
  readonly timestamp: string;
  readonly server: string;
}

/** The report of a completed interview; `processing` while answers are still judged (V-12). */
export interface ReportNews {
  readonly interviewId: string;
  readonly reportId: string;
  readonly message: string;
  readonly status: "processing" | "completed";
  readonly timestamp: string;
  readonly server: string;
}
