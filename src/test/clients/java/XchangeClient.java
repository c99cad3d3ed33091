import com.fasterxml.jackson.databind.JsonNode;
import info.bitrich.xchangestream.bybit.BybitStreamingExchange;
import info.bitrich.xchangestream.bybit.BybitStreamingMarketDataService;
import info.bitrich.xchangestream.bybit.BybitStreamingService;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.bybit.BybitExchange;
import org.knowm.xchange.bybit.dto.BybitCategory;
import org.knowm.xchange.bybit.service.BybitMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;

/** XChange with its streaming module against the local exchange: XchangeClient PORT [SECONDS] */
final class XchangeClient {

    private static Truth truth;

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 10;
        truth = new Truth("XChange", port, false);
        Instrument perpetual = new FuturesContract(CurrencyPair.BTC_USDT, "PERP");
        rest(port, perpetual);
        stream(port, BybitCategory.LINEAR, Map.of(
                perpetual, List.of(50, 200),
                new FuturesContract(new CurrencyPair("SOL/USDT"), "PERP"), List.of(50)));
        stream(port, BybitCategory.SPOT, Map.of(
                CurrencyPair.BTC_USDT, List.of(50),
                CurrencyPair.ETH_USDT, List.of(200)));
        Thread.sleep(seconds * 1000);
        truth.finish(
                "book linear BTCUSDT 50", "book linear BTCUSDT 200", "book linear SOLUSDT 50", "trade linear BTCUSDT",
                "book spot BTCUSDT 50", "book spot ETHUSDT 200", "trade spot BTCUSDT", "trade spot ETHUSDT");
    }

    private static void rest(int port, Instrument perpetual) throws Exception {
        ExchangeSpecification specification = new BybitExchange().getDefaultExchangeSpecification();
        specification.setSslUri("http://127.0.0.1:" + port);
        specification.setPlainTextUri("http://127.0.0.1:" + port);
        specification.setHost("127.0.0.1");
        specification.setPort(port);
        specification.setShouldLoadRemoteMetaData(true);
        var exchange = ExchangeFactory.INSTANCE.createExchange(specification);
        if (exchange.getExchangeInstruments().stream().noneMatch(perpetual::equals)) {
            truth.fault("REST: " + perpetual + " is not among the instruments");
        }
        BybitMarketDataService market = (BybitMarketDataService) exchange.getMarketDataService();
        if (market.getTicker(perpetual).getLast().signum() <= 0
                || market.getTickers(BybitCategory.SPOT).getResult().getList().isEmpty()) {
            truth.fault("REST: no tickers");
        }
    }

    private static void stream(int port, BybitCategory category, Map<Instrument, List<Integer>> books) {
        ExchangeSpecification specification = new BybitExchange().getDefaultExchangeSpecification();
        specification.setExchangeSpecificParametersItem(BybitStreamingExchange.EXCHANGE_TYPE, category);
        Map<String, Long> updateIds = new ConcurrentHashMap<>();
        String address = "ws://127.0.0.1:" + port + "/v5/public/" + category.getValue();
        var service = new BybitStreamingService(address, specification) {
            // XChange keeps no update id: look at the frames as they pass.
            @Override
            protected void handleMessage(JsonNode message) {
                if (message.path("topic").asText().startsWith("orderbook")) {
                    updateIds.put(message.get("topic").asText(), message.get("data").get("u").asLong());
                }
                super.handleMessage(message);
            }
        };
        service.connect().blockingAwait();
        // One for each depth: XChange itself mixes the depths of one symbol.
        Map<Integer, BybitStreamingMarketDataService> markets = new HashMap<>();
        books.forEach((instrument, depths) -> {
            String symbol = instrument.getBase().getCurrencyCode() + instrument.getCounter().getCurrencyCode();
            for (int depth : depths) {
                markets.computeIfAbsent(depth, key -> new BybitStreamingMarketDataService(service))
                        .getOrderBook(instrument, depth)
                        .subscribe(
                                book -> truth.book(
                                        category.getValue(),
                                        symbol,
                                        depth,
                                        updateIds.get("orderbook." + depth + "." + symbol),
                                        levels(book.getBids()), levels(book.getAsks())),
                                error -> truth.fault(symbol + " " + depth + ": " + error));
            }
            markets.get(depths.get(0))
                    .getTrades(instrument)
                    .subscribe(
                            trade -> truth.trade(category.getValue(), symbol, trade.getId()),
                            error -> truth.fault(symbol + ": " + error));
        });
    }

    private static Map<BigDecimal, BigDecimal> levels(List<LimitOrder> side) {
        Map<BigDecimal, BigDecimal> levels = new HashMap<>();
        side.forEach(order -> levels.put(order.getLimitPrice().stripTrailingZeros(), order.getOriginalAmount()));
        return levels;
    }
}
