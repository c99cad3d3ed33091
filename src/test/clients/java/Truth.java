import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a client saw, and what the exchange says it told: books by their update id, level by level, and the trades in
 * order.
 */
final class Truth {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 3;

    private final String client;
    private final String rest;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Deque<Seen>> books = new TreeMap<>();
    private final Map<String, List<String>> trades = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final boolean ordered;
    private boolean ended;
    /** Parameters that say whose truth is meant. */
    private String venue = "";

    private record Seen(
            long updateId, SortedMap<BigDecimal, BigDecimal> bids, SortedMap<BigDecimal, BigDecimal> asks) {}

    /** @param ordered whether the client hands trades on in the order in which they come */
    Truth(String client, int port, boolean ordered) {
        this.client = client;
        this.ordered = ordered;
        this.rest = "http://127.0.0.1:" + port;
    }

    /** @param single whether the trades are single ones, not aggregates */
    Truth ofBinance(boolean single) {
        venue = "&venue=binance&single=" + single;
        return this;
    }

    synchronized void count(String name) {
        counts.merge(name, 1, Integer::sum);
    }

    synchronized void fault(String text) {
        faults.add(text);
    }

    /** Remembers a book as it is now. */
    synchronized void book(
            String category,
            String symbol,
            int depth,
            long updateId,
            Map<BigDecimal, BigDecimal> bids,
            Map<BigDecimal, BigDecimal> asks) {
        if (ended) {
            return;
        }
        String name = category + " " + symbol + " " + depth;
        Seen seen = new Seen(updateId, new TreeMap<>(bids), new TreeMap<>(asks));
        if (seen.bids.size() != depth || seen.asks.size() != depth) {
            faults.add(name + ": " + seen.bids.size() + " and " + seen.asks.size() + " levels");
        }
        if (seen.bids.lastKey().compareTo(seen.asks.firstKey()) >= 0) {
            faults.add(name + ": crossed at u " + updateId);
        }
        Deque<Seen> last = books.computeIfAbsent(name, key -> new ArrayDeque<>());
        last.add(seen);
        if (last.size() > KEPT) {
            last.remove();
        }
        count("book " + name);
    }

    synchronized void trade(String category, String symbol, String id) {
        if (ended) {
            return;
        }
        trades.computeIfAbsent(category + " " + symbol, key -> new ArrayList<>()).add(id);
        count("trade " + category + " " + symbol);
    }

    /** Compares all that was seen with the exchange and ends the program. */
    void finish(String... expected) throws Exception {
        synchronized (this) {
            ended = true;
        }
        int compared = 0;
        for (var book : books.entrySet()) {
            String[] name = book.getKey().split(" ");
            for (Seen seen : book.getValue()) {
                JsonNode told = get("/control/book?category=" + name[0] + "&symbol=" + name[1] + "&depth=" + name[2]
                        + "&u=" + seen.updateId + venue);
                if (!levels(told.path("b")).equals(plain(seen.bids))
                        || !levels(told.path("a")).equals(plain(seen.asks))) {
                    faults.add(book.getKey() + ": differs at u " + seen.updateId);
                }
                compared++;
            }
        }
        for (var seen : trades.entrySet()) {
            compareTrades(seen.getKey(), seen.getValue());
        }
        List<String> missing = List.of(expected).stream().filter(name -> !counts.containsKey(name)).toList();
        System.out.println(client + " counts " + counts + " books compared " + compared);
        faults.stream().limit(10).forEach(fault -> System.out.println(client + " FAULT " + fault));
        if (!missing.isEmpty()) {
            System.out.println(client + " MISSING " + missing);
        }
        boolean good = faults.isEmpty() && missing.isEmpty() && compared > 0;
        System.out.println(good ? client + " ok" : client + " failed");
        System.exit(good ? 0 : 1);
    }

    /** The ids seen must be a run of the exchange's own list; a client may sort those of one time in its own way. */
    private void compareTrades(String name, List<String> seen) throws Exception {
        List<String> all = new ArrayList<>();
        String path = "/control/trades?category=" + name.split(" ")[0] + "&symbol=" + name.split(" ")[1] + "&since=0"
                + venue + "&from=";
        JsonNode page = get(path + 0);
        while (!page.path("list").isEmpty()) {
            page.path("list").forEach(row -> all.add(id(row)));
            page = get(path + page.path("next").asLong());
        }
        Set<String> ids = new HashSet<>(seen);
        int from = 0;
        while (from < all.size() && !ids.contains(all.get(from))) {
            from++;
        }
        List<String> run = all.subList(from, Math.min(all.size(), from + seen.size()));
        if (ids.size() != seen.size() || run.size() < seen.size() || !ids.containsAll(run)) {
            faults.add(name + ": the " + seen.size() + " trades seen are no run of the " + all.size() + " made");
        } else if (ordered && !run.equals(seen)) {
            faults.add(name + ": the trades seen are not in their order");
        }
    }

    private static String id(JsonNode row) {
        for (String field : List.of("execId", "id", "a")) {
            if (row.has(field)) {
                return row.get(field).asText();
            }
        }
        throw new IllegalStateException("a trade without an id: " + row);
    }

    private static SortedMap<BigDecimal, BigDecimal> levels(JsonNode side) {
        SortedMap<BigDecimal, BigDecimal> levels = new TreeMap<>();
        side.forEach(level -> levels.put(
                new BigDecimal(level.get(0).asText()),
                new BigDecimal(level.get(1).asText()).stripTrailingZeros()));
        return levels;
    }

    private static SortedMap<BigDecimal, BigDecimal> plain(SortedMap<BigDecimal, BigDecimal> side) {
        side.replaceAll((price, size) -> size.stripTrailingZeros());
        return side;
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(URI.create(rest + path).toURL());
    }
}
