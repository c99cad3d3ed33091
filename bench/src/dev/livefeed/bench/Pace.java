package dev.livefeed.bench;

/**
 * How the feed is sent.
 *
 * @param framesPerSecond 0 for as fast as it is read
 * @param times where the send time of each frame is noted, or null; only with one symbol
 */
record Pace(int framesPerSecond, SendTimes times) {

    static final Pace FULL = new Pace(0, null);
}
