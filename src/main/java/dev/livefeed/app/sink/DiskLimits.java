package dev.livefeed.app.sink;

/**
 * How much disk space a queue may use.
 *
 * @param bytes maximum size of all its files together
 * @param reserve free space of the disk below which nothing is added
 * @param segmentBytes size at which a new file is started; delivered files are deleted as a whole
 */
public record DiskLimits(long bytes, long reserve, long segmentBytes) {

    private static final long MIB = 1024 * 1024;
    private static final int SEGMENTS = 16;

    /** Limits with segments of at most 16 MiB, so that a full queue has room again soon after its sink is back. */
    public static DiskLimits ofMegabytes(long buffer, long reserve) {
        return new DiskLimits(buffer * MIB, reserve * MIB, Math.min(buffer * MIB / SEGMENTS, 16 * MIB));
    }
}
