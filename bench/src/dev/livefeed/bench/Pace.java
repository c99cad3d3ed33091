package dev.livefeed.bench;

/**
 * Pace of the feed.
 *
 * @param framesPerSecond frames per second; 0 for as fast as the feed is read
 * @param times records the send time of each frame, with one symbol only; may be null
 */
record Pace(int framesPerSecond, SendTimes times) {

    static final Pace FULL = new Pace(0, null);
}
