/** Tables and indexes as the source document writes them. */
export const SCHEMA = `
  CREATE TABLE mission_attempts (
    id SERIAL PRIMARY KEY, attempt_id VARCHAR(50) UNIQUE NOT NULL, session_id UUID NOT NULL,
    mission_type VARCHAR(20) NOT NULL, mission_name VARCHAR(100) NOT NULL,
    start_time TIMESTAMP NOT NULL, end_time TIMESTAMP, total_duration NUMERIC(10, 3),
    status VARCHAR(20) NOT NULL, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
  CREATE INDEX idx_attempt_mission_type ON mission_attempts(mission_type);
  CREATE INDEX idx_attempt_status ON mission_attempts(status);
  CREATE INDEX idx_attempt_start_time ON mission_attempts(start_time DESC);
  CREATE TABLE mission_events (
    id SERIAL PRIMARY KEY, event_id VARCHAR(50) UNIQUE NOT NULL,
    attempt_id VARCHAR(50) NOT NULL REFERENCES mission_attempts(attempt_id),
    session_id UUID NOT NULL, event_type VARCHAR(50) NOT NULL, timestamp TIMESTAMP NOT NULL,
    data JSONB NOT NULL, received_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, processing_time INTEGER);
  CREATE INDEX idx_event_attempt_id ON mission_events(attempt_id);
  CREATE INDEX idx_event_type ON mission_events(event_type);
  CREATE INDEX idx_event_timestamp ON mission_events(timestamp DESC);
  CREATE TABLE reviews (
    id SERIAL PRIMARY KEY, review_id VARCHAR(50) UNIQUE NOT NULL,
    attempt_id VARCHAR(50) NOT NULL REFERENCES mission_attempts(attempt_id),
    rating INTEGER NOT NULL CHECK (rating >= 1 AND rating <= 5), rating_text VARCHAR(20) NOT NULL,
    feedback TEXT, has_feedback BOOLEAN NOT NULL,
    submitted_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
  CREATE INDEX idx_review_attempt_id ON reviews(attempt_id);
  CREATE INDEX idx_review_rating ON reviews(rating);
`;
