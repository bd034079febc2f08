/** What waits, and for whom. */
export interface Waiting {
  readonly jobId: string;
  readonly userId: string;
  /** Not before, epoch milliseconds. */
  readonly dueAt: number;
}

/**
 * The order of jobs: people take turns, so that who sends a hundred answers does not keep the
 * others waiting; of one person, first come, first served.
 */
export interface FairOrder {
  /** A job that waits already is moved. */
  add(job: Waiting): void;
  /** The next that is due by then; null when none is. */
  take(now: number): Waiting | null;
  size(): number;
}

export function createFairOrder(): FairOrder {
  /** Who was served longest ago stands first. */
  const byUser = new Map<string, Map<string, Waiting>>();

  function removeFrom(userId: string, jobs: Map<string, Waiting>, jobId: string): void {
    jobs.delete(jobId);
    byUser.delete(userId);
    if (jobs.size > 0) byUser.set(userId, jobs);
  }

  return {
    add(job) {
      const jobs = byUser.get(job.userId) ?? new Map<string, Waiting>();
      jobs.set(job.jobId, job);
      byUser.set(job.userId, jobs);
    },
    take(now) {
      for (const [userId, jobs] of byUser) {
        for (const job of jobs.values()) {
          if (job.dueAt > now) continue;
          removeFrom(userId, jobs, job.jobId);
          return job;
        }
      }
      return null;
    },
    size: () => [...byUser.values()].reduce((sum, jobs) => sum + jobs.size, 0),
  };
}
