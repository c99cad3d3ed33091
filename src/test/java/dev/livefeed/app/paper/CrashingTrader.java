package dev.livefeed.app.paper;

import dev.livefeed.app.strategy.Trades;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Random;

/**
 * Trades on paper as fast as possible until it is killed. Prints the id of each order after the broker has acknowledged
 * it.
 */
final class CrashingTrader {

    private CrashingTrader() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[1]));
        PaperMarket market = new PaperMarket(10);
        market.now += Long.parseLong(args[1]) * 1_000_000_000L;
        for (int i = 0; i < 10; i++) {
            market.bid(Integer.toString(100 - i), "5").ask(Integer.toString(101 + i), "5");
        }
        PaperBroker broker = new PaperBroker(
                PaperSetup.settings(Path.of(args[0]), "linear", "1000000000", "1000000000", "1000000000", 200_000),
                market,
                () -> market.now);
        broker.open();
        if (broker.unavailable() != null) {
            System.out.println("unavailable " + broker.unavailable());
            return;
        }
        while (true) {
            market.now += 1_000 + random.nextInt(100_000);
            market.ask("101", Integer.toString(1 + random.nextInt(9)));
            market.bid("100", Integer.toString(1 + random.nextInt(9)));
            broker.clock(market.now);
            broker.depth(Ids.linear("BTCUSDT"));
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            if (random.nextBoolean()) {
                broker.trade(Trades.trade(
                        "BTCUSDT",
                        market.now,
                        new BigDecimal(95 + random.nextInt(11)),
                        new BigDecimal(1 + random.nextInt(5)),
                        side));
            }
            boolean limit = random.nextBoolean();
            OrderResult placement = broker.place(new OrderRequest(
                    OrderRequest.MANUAL,
                    Ids.linear("BTCUSDT"),
                    side,
                    limit ? OrderType.LIMIT : OrderType.MARKET,
                    BigDecimal.valueOf(1 + random.nextInt(300), 2),
                    limit ? new BigDecimal(98 + random.nextInt(6)) : null,
                    null));
            if (placement.order() != null) {
                System.out.println(placement.order().id());
                if (random.nextInt(3) == 0) {
                    broker.cancel(placement.order().id(), "drill");
                }
            }
        }
    }
}
