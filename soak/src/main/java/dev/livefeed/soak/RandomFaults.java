package dev.livefeed.soak;

import java.util.List;
import java.util.SplittableRandom;

/** Chooses random faults: each a line for the control path of the exchange. */
final class RandomFaults {

    private static final List<String> KINDS = List.of(
            "drop",
            "reset",
            "half-open",
            "stall",
            "lost",
            "duplicate",
            "reorder",
            "broken",
            "slow-snapshot",
            "early-delta",
            "restart",
            "snapshot",
            "burst",
            "refuse",
            "handshake",
            "rest",
            "slow-rest",
            "server-error",
            "quoted",
            "bad-row",
            "wide",
            "deep",
            "corrected",
            "frozen");

    private final SplittableRandom random;
    private final List<StreamRequest> streams;
    private final boolean bans;

    /** @param bans whether REST may answer 403, after which no request may be sent for ten minutes */
    RandomFaults(SplittableRandom random, List<StreamRequest> streams, boolean bans) {
        this.random = random;
        this.streams = streams;
        this.bans = bans;
    }

    /** Returns a random fault such as {@code lost,topic=orderbook.50.BTCUSDT,count=2}. */
    String fault() {
        if (random.nextInt(20) == 0) {
            return outage();
        }
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        // A book stands still while all its updates are lost.
        return ("frozen".equals(kind) ? "lost" : kind)
                + switch (kind) {
                    case "stall" -> ",for=" + millis(200, 15_000) + ",pongs=" + random.nextBoolean();
                    case "lost", "reorder" -> ",topic=" + books() + ",count=" + (1 + random.nextInt(3));
                    case "quoted" ->
                        ",topic=" + (random.nextBoolean() ? "publicTrade.*" : books()) + ",count="
                                + (1 + random.nextInt(20));
                    case "bad-row", "wide" ->
                        ",topic=" + (random.nextBoolean() ? "publicTrade.*" : books()) + ",count="
                                + (1 + random.nextInt(3));
                    case "deep" -> ",topic=" + books() + ",count=" + (1 + random.nextInt(3));
                    case "frozen" -> ",topic=" + books() + ",count=1000000";
                    case "duplicate", "broken" ->
                        ",topic="
                                + List.of("publicTrade.*", "kline.*", books(), books())
                                        .get(random.nextInt(4))
                                + ",count=" + (1 + random.nextInt(3));
                    case "corrected" -> ",topic=kline.*,count=1000000";
                    case "slow-snapshot", "early-delta" ->
                        ",topic=" + books() + ",by=" + millis(100, 8_000) + ",count=" + (1 + random.nextInt(3));
                    case "restart", "snapshot" -> ",topic=" + books();
                    case "burst" ->
                        ",topic=" + books() + ",rate=" + (200 + random.nextInt(1_800)) + ",for=" + millis(50, 500);
                    case "refuse" -> ",topic=" + any().topic() + ",count=" + (1 + random.nextInt(2));
                    case "server-error" ->
                        ",topic=" + (random.nextBoolean() ? "*" : any().topic()) + ",count=" + (1 + random.nextInt(6));
                    case "handshake" ->
                        ",status=" + List.of(403, 429, 503).get(random.nextInt(3)) + ",count="
                                + (1 + random.nextInt(3));
                    case "rest" ->
                        ",topic=*/recent-trade,count=" + (1 + random.nextInt(4))
                                + List.of(",status=500", ",status=429", ",code=10006", ",code=10016", ",status=403")
                                        .get(Math.min(4, random.nextInt(bans ? 6 : 4)));
                    case "slow-rest" -> ",by=" + millis(500, 9_000) + ",count=" + (1 + random.nextInt(3));
                    default -> "";
                };
    }

    /** The venue refuses all connections for a while. */
    private String outage() {
        return "handshake,status=" + List.of(404, 500, 502, 503, 504).get(random.nextInt(5)) + ",count="
                + (5 + random.nextInt(30));
    }

    private String books() {
        StreamRequest one = any();
        return one.isBook() && random.nextBoolean() ? one.topic() : "orderbook.*";
    }

    private StreamRequest any() {
        return streams.get(random.nextInt(streams.size()));
    }

    private String millis(int from, int to) {
        return (from + random.nextInt(to - from)) + "ms";
    }
}
