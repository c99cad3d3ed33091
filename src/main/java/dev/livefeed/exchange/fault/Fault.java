package dev.livefeed.exchange.fault;

/**
 * A requested fault. Parameters that do not apply to its kind are ignored.
 *
 * @param millis duration of a stall or burst, delay of a late answer, or offset of the clock
 * @param pongs whether a stalled connection still answers pings
 * @param status HTTP status of the answer
 * @param code error code answered under HTTP status 200; 0 for none
 * @param rate frames per second of a burst, in total over all matching topics
 */
public record Fault(
        FaultKind kind,
        FaultTarget target,
        FaultSchedule schedule,
        long millis,
        boolean pongs,
        int status,
        int code,
        int rate) {}
