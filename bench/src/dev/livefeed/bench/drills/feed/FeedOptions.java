package dev.livefeed.bench.drills.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of the numbered feed, as arguments {@code name=value} of its process.
 *
 * @param rate events per second; 0: as fast as they are read
 * @param plan phases of hostile lines, such as {@code good:1000,bad:1000,mixed:5000} lines; empty: none
 * @param seed of the hostile lines
 * @param lose leaves out every n-th trade without a word, to see that a drill notices; 0: none
 */
public record FeedOptions(int rate, String plan, long seed, int lose) {

    public static FeedOptions steady(int rate) {
        return new FeedOptions(rate, "", 1, 0);
    }

    public static FeedOptions flood() {
        return steady(0);
    }

    public static FeedOptions hostile(String plan, long seed) {
        return new FeedOptions(0, plan, seed, 0);
    }

    public FeedOptions losing(int each) {
        return new FeedOptions(rate, plan, seed, each);
    }

    static FeedOptions of(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(arguments).map(a -> a.split("=", 2)).forEach(pair -> values.put(pair[0], pair[1]));
        return new FeedOptions(
                Integer.parseInt(values.get("rate")),
                values.get("plan"),
                Long.parseLong(values.get("seed")),
                Integer.parseInt(values.get("lose")));
    }

    public List<String> arguments() {
        return new ArrayList<>(List.of("rate=" + rate, "plan=" + plan, "seed=" + seed, "lose=" + lose));
    }
}
