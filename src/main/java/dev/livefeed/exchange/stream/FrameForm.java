package dev.livefeed.exchange.stream;

/** How the frames of a connection name what they carry. */
public enum FrameForm {
    /** Each frame has its topic, as on Bybit. */
    TOPIC,
    /** The same, on the stream of the announcements. */
    ANNOUNCEMENT,
    /** The bare event of Binance, which has the name of its type only. */
    RAW,
    /** The event of Binance within an object that names its stream. */
    COMBINED
}
