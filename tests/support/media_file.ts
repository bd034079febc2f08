import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";

const PACKET_SEC = 0.02;
const OPUS_HEAD = Uint8Array.of(
  ...[0x4f, 0x70, 0x75, 0x73, 0x48, 0x65, 0x61, 0x64, 1, 1, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0],
);

export interface MediaOptions {
  readonly seconds: number;
  readonly container?: "webm" | "mp4";
  readonly hasAudio?: boolean;
  readonly hasVideo?: boolean;
  /** As a browser records: written from start to end, without a duration in its head. */
  readonly isLive?: boolean;
}

/** A file with packets that say nothing; what is read of it is how it is put together. */
export async function mediaFile(
  { seconds, container = "webm", hasAudio = true, hasVideo = false, isLive = false }: MediaOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const format = container === "mp4"
    ? new Mp4OutputFormat()
    : new WebMOutputFormat({ appendOnly: isLive });
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const audio = new EncodedAudioPacketSource("opus");
  const video = new EncodedVideoPacketSource("vp8");
  if (hasAudio) output.addAudioTrack(audio);
  if (hasVideo) output.addVideoTrack(video);
  await output.start();
  for (let n = 0; n < seconds / PACKET_SEC; n++) {
    const bytes = new Uint8Array(60).fill(7);
    const packet = new EncodedPacket(bytes, "key", n * PACKET_SEC, PACKET_SEC);
    if (hasAudio) await audio.add(packet, { decoderConfig: AUDIO });
    if (hasVideo) await video.add(packet, { decoderConfig: VIDEO });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer());
}

const AUDIO = { codec: "opus", numberOfChannels: 1, sampleRate: 48_000, description: OPUS_HEAD };
const VIDEO = { codec: "vp8", codedWidth: 320, codedHeight: 240 };
