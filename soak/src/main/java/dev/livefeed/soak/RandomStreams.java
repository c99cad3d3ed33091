package dev.livefeed.soak;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Chooses the streams of a sequence at random: one or two categories, a few symbols, trades and books of
 * several depths.
 */
final class RandomStreams {

    private static final List<String> LINEAR = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "ADAUSDT");
    private static final List<String> SPOT = List.of("XRPUSDT", "BTCUSDT", "ETHUSDT", "BTCUSDC");
    private static final List<ProductCategory> NEW =
            List.of(ProductCategory.LINEAR, ProductCategory.LINEAR, ProductCategory.INVERSE, ProductCategory.SPOT);
    private static final List<String> INVERSE = List.of("BTCUSD", "ETHUSD", "XRPUSD");

    private final SplittableRandom random;
    private final SimulatedMarkets markets;

    RandomStreams(SplittableRandom random, SimulatedMarkets markets) {
        this.random = random;
        this.markets = markets;
    }

    /**
     * @param announced whether one of them has a market that is not listed yet
     * @param ofContracts whether the books of all contracts of a base coin may be among them
     */
    List<StreamRequest> streams(boolean announced, boolean ofContracts) {
        List<ProductCategory> categories = new ArrayList<>(List.of(ProductCategory.values()));
        Collections.shuffle(categories, new Random(random.nextLong()));
        List<StreamRequest> streams = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (ProductCategory category : categories.subList(0, count)) {
            List<String> symbols = symbols(category);
            int wanted = 1 + random.nextInt(3);
            for (int i = 0; i < wanted; i++) {
                of(category, symbols.get((i + random.nextInt(2)) % symbols.size()), streams);
            }
            if (category == ProductCategory.OPTION && random.nextInt(3) > 0) {
                String contract = symbols.get(0);
                streams.add(StreamRequest.optionTrades(contract.substring(0, contract.indexOf('-'))));
            }
        }
        if (ofContracts && random.nextInt(4) == 0) {
            StreamRequest books = StreamRequest.contractBooks(random.nextBoolean() ? "BTC" : "ETH");
            // A contract that is subscribed by itself too does not follow its base coin.
            if (streams.stream()
                    .noneMatch(stream -> stream.channel().equals(books.channel())
                            && books.covers(stream.category(), stream.symbol()))) {
                streams.add(books);
            }
        }
        if (announced) {
            ProductCategory category = NEW.get(random.nextInt(NEW.size()));
            String coin = random.nextInt(3) == 0 ? "币安人生" : "NEW";
            of(category, coin + (category == ProductCategory.INVERSE ? "USD" : "USDT"), streams);
        }
        return streams.stream().distinct().toList();
    }

    private void of(ProductCategory category, String symbol, List<StreamRequest> streams) {
        boolean option = category == ProductCategory.OPTION;
        int usual = option ? 25 : 50;
        List<Integer> depths = option ? List.of(25, 100) : List.of(1, 50, 50, 50, 200);
        streams.add(StreamRequest.book(category.id(), symbol, depths.get(random.nextInt(depths.size())), usual));
        if (random.nextInt(4) == 0) {
            streams.add(StreamRequest.book(category.id(), symbol, depths.get(random.nextInt(depths.size())), usual));
        }
        if (random.nextInt(5) > 0) {
            streams.add(option ? StreamRequest.optionTrades(symbol) : StreamRequest.trades(category.id(), symbol));
        }
        if (!option && random.nextInt(3) == 0) {
            streams.add(StreamRequest.candles(category.id(), symbol));
        }
    }

    private List<String> symbols(ProductCategory category) {
        return switch (category) {
            case LINEAR -> LINEAR;
            case SPOT -> SPOT;
            case INVERSE -> INVERSE;
            case OPTION ->
                markets.of(ProductCategory.OPTION).stream()
                        .map(market -> market.instrument().symbol())
                        .skip(random.nextInt(10))
                        .limit(3)
                        .toList();
        };
    }
}
