package dev.livefeed.connector.stub;

import dev.livefeed.connector.sdk.ConnectorFeed;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** In each step every subscribed instrument has a trade with probability 0.6 and a book with probability 0.3. */
final class StubFeed implements ConnectorFeed {

    private static final double TRADE_PROBABILITY = 0.6;
    private static final double DEPTH_PROBABILITY = 0.3;
    private static final String TRADES = "trades";
    private static final String DEPTH = "depth";
    /** Limits the memory that a flood of commands can take. */
    private static final int MAX_SYMBOLS = 10_000;

    private final Outbox outbox;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Map<String, StubMarket> markets = new LinkedHashMap<>();
    private final Set<String> trades = new LinkedHashSet<>();
    private final Set<String> depths = new LinkedHashSet<>();

    StubFeed(Outbox outbox, TimeSource time, RandomGenerator random) {
        this.outbox = outbox;
        this.time = time;
        this.random = random;
    }

    @Override
    public void start() {
        outbox.status(new ConnectionUp(Head.of(outbox.connector(), null), ConnectionInfo.NONE, true, false));
    }

    @Override
    public void command(Command command) {
        Set<String> subscribed =
                switch (command.channel()) {
                    case TRADES -> trades;
                    case DEPTH -> depths;
                    default -> null;
                };
        if (subscribed == null) {
            refuse(command, "channel is \"" + command.channel() + "\", must be trades or depth");
            return;
        }
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command, subscribed);
            case UNSUBSCRIBE -> {
                subscribed.remove(command.symbol());
                outbox.status(new Unsubscribed(head(command), null, null));
            }
            default -> resync(command);
        }
    }

    private void subscribe(Command command, Set<String> subscribed) {
        if (markets.size() >= MAX_SYMBOLS && !markets.containsKey(command.symbol())) {
            refuse(command, "there are already " + MAX_SYMBOLS + " symbols, which is the limit");
            return;
        }
        markets.computeIfAbsent(command.symbol(), symbol -> new StubMarket(symbol, random));
        subscribed.add(command.symbol());
        outbox.status(new Subscribed(head(command), null, null, null));
    }

    private void resync(Command command) {
        if (!command.channel().equals(DEPTH) || !depths.contains(command.symbol())) {
            refuse(command, "no book of " + command.symbol() + " is subscribed");
            return;
        }
        outbox.status(new Resyncing(head(command), null, null));
        depth(markets.get(command.symbol()).depth(time.micros()));
    }

    @Override
    public void commandsDone() {}

    @Override
    public void tick() {
        long now = time.micros();
        for (Map.Entry<String, StubMarket> market : markets.entrySet()) {
            boolean wantsTrades = trades.contains(market.getKey());
            boolean wantsDepth = depths.contains(market.getKey());
            market.getValue().step();
            if (random.nextDouble() < TRADE_PROBABILITY && wantsTrades) {
                Trade trade = market.getValue().trade(now);
                outbox.trade(trade);
            }
            if (random.nextDouble() < DEPTH_PROBABILITY && wantsDepth) {
                depth(market.getValue().depth(now));
            }
        }
    }

    /** Skipped while the reader is behind, since every book is a snapshot. */
    private void depth(Depth depth) {
        if (!outbox.full()) {
            outbox.depth(depth);
        }
    }

    @Override
    public void stop() {
        trades.clear();
        depths.clear();
    }

    @Override
    public Map<String, Object> figures() {
        return Map.of("subscriptions", trades.size() + depths.size());
    }

    private Head head(Command command) {
        return new Head(outbox.connector(), command.symbol(), command.channel(), command.id(), null);
    }

    private void refuse(Command command, String text) {
        outbox.failure(new Failure(text, "refused", command.symbol(), command.channel(), command.id(), false));
    }
}
