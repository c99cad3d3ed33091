package dev.livefeed.soak;

import java.util.List;
import java.util.SplittableRandom;

/** Chooses random faults of Binance: each a line for the control path of the exchange. */
final class BinanceFaults {

    private static final List<String> KINDS = List.of(
            "drop",
            "reset",
            "half-open",
            "stall",
            "shutdown",
            "lost",
            "duplicate",
            "reorder",
            "broken",
            "bad-row",
            "bad-level",
            "wrong-id",
            "wide",
            "corrected",
            "quoted",
            "stale-snapshot",
            "burst",
            "refuse",
            "server-error",
            "late-ack",
            "handshake",
            "rest",
            "slow-rest",
            "frozen");

    private static final String BOOKS = "*@depth*";
    private static final String TRADES = "*rade";

    private final SplittableRandom random;
    private final List<StreamRequest> streams;

    BinanceFaults(SplittableRandom random, List<StreamRequest> streams) {
        this.random = random;
        this.streams = streams;
    }

    /** Returns a random fault such as {@code lost,topic=*@depth*,count=2}. */
    String fault() {
        if (random.nextInt(20) == 0) {
            return "handshake,status=" + List.of(404, 500, 502, 503, 504).get(random.nextInt(5)) + ",count="
                    + (5 + random.nextInt(30));
        }
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        // A book stands still while all its updates are lost.
        return ("frozen".equals(kind) ? "lost" : kind)
                + switch (kind) {
                    case "stall" -> ",for=" + millis(200, 15_000) + ",pongs=" + random.nextBoolean();
                    case "shutdown" -> ",by=" + millis(0, 10_000);
                    case "lost", "reorder" -> ",topic=" + BOOKS + ",count=" + times(3);
                    case "bad-level", "wrong-id" -> ",topic=" + BOOKS + ",count=" + times(3);
                    case "corrected" -> ",topic=*@kline*,count=1000000";
                    case "duplicate", "broken", "bad-row", "wide" -> ",topic=" + data() + ",count=" + times(3);
                    case "quoted" -> ",topic=" + data() + ",count=" + times(20);
                    case "stale-snapshot" -> ",count=" + times(3);
                    case "burst" -> ",rate=" + (200 + random.nextInt(1_800)) + ",for=" + millis(50, 500);
                    case "refuse" -> ",topic=" + any() + ",count=" + times(2);
                    case "server-error" -> ",topic=" + (random.nextBoolean() ? "*" : any()) + ",count=" + times(2);
                    case "late-ack" -> ",by=" + millis(100, 8_000) + ",count=" + times(3);
                    case "handshake" ->
                        ",status=" + List.of(403, 429, 503).get(random.nextInt(3)) + ",count=" + times(3);
                    case "rest" -> rest();
                    case "slow-rest" -> ",by=" + millis(500, 9_000) + ",count=" + times(3);
                    case "frozen" -> ",topic=" + BOOKS + ",count=1000000";
                    default -> "";
                };
    }

    private String rest() {
        String path = List.of("*/aggTrades|*/historicalTrades", "*/depth", "*").get(random.nextInt(3));
        return ",topic=" + path + ",count=" + times(4) + ",by=" + millis(1_000, 20_000)
                + List.of(",status=500", ",status=503", ",status=429", ",status=418", ",code=-1001")
                        .get(random.nextInt(5));
    }

    private String data() {
        return random.nextBoolean() ? BOOKS : TRADES;
    }

    private int times(int most) {
        return 1 + random.nextInt(most);
    }

    private String any() {
        return streams.get(random.nextInt(streams.size())).topic();
    }

    private String millis(int from, int to) {
        return (from + random.nextInt(to - from)) + "ms";
    }
}
