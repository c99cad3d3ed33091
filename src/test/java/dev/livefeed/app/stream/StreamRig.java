package dev.livefeed.app.stream;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A market with a hub, without a thread or socket. */
final class StreamRig implements StreamSource {

    static final String SYMBOL = "BTCUSDT";

    final Market market = new Market(() -> 0);
    final List<Candle> open = new ArrayList<>();
    final List<Candle> past = new ArrayList<>();
    final List<Runnable> fetched = new ArrayList<>();
    final StreamHub hub;
    long now;
    String state = "synthetic";

    StreamRig(int queueBytes, int capacity, FollowedState... states) {
        this(queueBytes, capacity, List.of(states));
    }

    private StreamRig(int queueBytes, int capacity, List<FollowedState> states) {
        StreamLimits limits = new StreamLimits(
                2, queueBytes, 4096, Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(30));
        hub = new StreamHub(
                limits,
                List.of("1s", "1m"),
                List.of("trades", "depth", "depth.200", "ticker"),
                this,
                new StreamStates(states, new RigCandles()),
                text -> text.replace("hush-hush", "***"),
                () -> now,
                capacity);
        market.onTaken(hub);
    }

    StreamRig() {
        this(64 * 1024, EventQueue.CAPACITY);
    }

    /** Past candles of the rig; a test runs {@link #fetched} when others have come. */
    private final class RigCandles implements PastCandlePages {

        @Override
        public CandlePage page(InstrumentId instrument, String timeframe, int count, long fromMicros) {
            return StreamRig.this.page(instrument, timeframe, count, fromMicros);
        }

        @Override
        public void fill(InstrumentId instrument, Runnable done) {
            fetched.add(done);
        }
    }

    FakeSink join(String channels, String symbols) throws BadRequestException {
        return join(channels, symbols, null);
    }

    FakeSink join(String channels, String symbols, String history) throws BadRequestException {
        FakeSink sink = new FakeSink().at(hub);
        sink.heardAt = now;
        hub.join(sink, hub.subscription(channels, symbols, history));
        hub.work();
        return sink;
    }

    static Trade trade(String symbol, long id) {
        return trade(Ids.linear(symbol), id);
    }

    static Trade trade(InstrumentId instrument, long id) {
        return new Trade(
                instrument,
                Long.toString(id),
                1_700_000_000_000_000L + id,
                new BigDecimal("100.50"),
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                0,
                true,
                false,
                false);
    }

    static Depth depth(boolean snapshot, long id, long previous, int levels, String bid, String ask) {
        return depth(SYMBOL, snapshot, id, previous, levels, levels(bid), levels(ask));
    }

    static Depth depth(String symbol, boolean snapshot, long id, long previous, int levels, Levels bids, Levels asks) {
        return new Depth(symbol, "linear", 1_700_000_000_000_000L, bids, asks, id, previous, snapshot, levels, 0, true);
    }

    /** Parses levels such as "100 1, 99 2". */
    static Levels levels(String text) {
        Levels.Builder builder = new Levels.Builder();
        for (String level : text.split(",")) {
            if (!level.isBlank()) {
                String[] numbers = level.strip().split(" ");
                builder.add(new BigDecimal(numbers[0]), new BigDecimal(numbers[1]));
            }
        }
        return builder.build();
    }

    @Override
    public List<InstrumentId> symbols() {
        List<InstrumentId> all = new ArrayList<>(market.symbols());
        if (!all.contains(Ids.linear(SYMBOL))) {
            all.add(Ids.linear(SYMBOL));
        }
        return all.stream().sorted().toList();
    }

    @Override
    public InstrumentId instrument(Event event) {
        return Ids.LINEAR.of(event);
    }

    @Override
    public Trade lastTrade(InstrumentId instrument) {
        var view = market.view(instrument);
        return view == null ? null : view.lastTrade();
    }

    @Override
    public BookView book(InstrumentId instrument, IntPredicate levels) {
        return market.book(instrument, levels, 1_000);
    }

    @Override
    public List<Candle> openCandles(InstrumentId instrument) {
        return open;
    }

    /** Pages of two candles each. */
    private PastCandlePages.CandlePage page(InstrumentId instrument, String timeframe, int count, long fromMicros) {
        List<Candle> all = past.stream()
                .filter(candle -> candle.timeframe().equals(timeframe)
                        && candle.instrument().equals(instrument))
                .toList();
        List<Long> starts = all.subList(Math.max(0, all.size() - count), all.size()).stream()
                .map(Candle::startMicros)
                .filter(start -> start >= fromMicros)
                .toList();
        if (starts.isEmpty()) {
            return PastCandlePages.CandlePage.NONE;
        }
        List<Long> page = starts.subList(0, Math.min(2, starts.size()));
        return new PastCandlePages.CandlePage(
                "{\"timeframe\":\"" + timeframe + "\",\"starts\":" + page + "}",
                page.get(page.size() - 1) + 1,
                page.size() == starts.size());
    }

    @Override
    public FeedStatus feed() {
        return new FeedStatus(state, true, true, false, List.of("at " + now), true);
    }

    @Override
    public boolean synthetic() {
        return true;
    }
}
