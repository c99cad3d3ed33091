import com.fasterxml.jackson.databind.JsonNode;
import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.ExchangeType;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.instrument.Instrument;

/** XChange with its streaming module against the local exchange as Binance: XchangeBinanceClient PORT [SECONDS] */
final class XchangeBinanceClient {

    private static final int DEPTH = 100;

    private static Truth truth;

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 8;
        truth = new Truth("XChange binance", port, true).ofBinance(true);
        connect(new Local(port, ""), "spot", "BTCUSDT", CurrencyPair.BTC_USDT);
        connect(new Local(port, "public/"), "linear", "ETHUSDT", new FuturesContract(CurrencyPair.ETH_USDT, "PERP"));
        Thread.sleep(seconds * 1000);
        truth.finish("book spot BTCUSDT 100", "trade spot BTCUSDT", "book linear ETHUSDT 100", "trade linear ETHUSDT");
    }

    /** The library has the venue's addresses in methods, and keeps no update id: look at the frames as they pass. */
    private static final class Local extends BinanceStreamingExchange {

        private final int port;
        private final String route;
        /** Of the frame that this thread handles; null elsewhere. */
        private final ThreadLocal<Long> updateId = new ThreadLocal<>();

        Local(int port, String route) {
            this.port = port;
            this.route = route;
        }

        @Override
        protected void initServices() {
            getExchangeSpecification().setSslUri("http://127.0.0.1:" + port);
            super.initServices();
        }

        @Override
        protected String getStreamingBaseUri() {
            return "ws://127.0.0.1:" + port + "/" + route;
        }

        @Override
        protected BinanceStreamingService createStreamingService(
                ProductSubscription products, KlineSubscription candles) {
            String address = getStreamingBaseUri() + "stream?streams=" + buildSubscriptionStreams(products);
            return new BinanceStreamingService(address, products, candles) {
                @Override
                protected void handleMessage(JsonNode message) {
                    if (message.path("data").path("e").asText().equals("depthUpdate")) {
                        updateId.set(message.get("data").get("u").asLong());
                    }
                    super.handleMessage(message);
                    updateId.remove();
                }
            };
        }
    }

    private static void connect(Local exchange, String category, String symbol, Instrument instrument) {
        ExchangeSpecification specification = new ExchangeSpecification(BinanceStreamingExchange.class);
        specification.setShouldLoadRemoteMetaData(true);
        specification.setExchangeSpecificParametersItem(BinanceStreamingExchange.USE_HIGHER_UPDATE_FREQUENCY, true);
        specification.setExchangeSpecificParametersItem(
                BinanceExchange.EXCHANGE_TYPE, category.equals("spot") ? ExchangeType.SPOT : ExchangeType.FUTURES);
        exchange.applySpecification(specification);
        if (exchange.getExchangeInstruments().stream().noneMatch(instrument::equals)) {
            truth.fault("REST: " + instrument + " is not among the instruments");
        }
        exchange.connect(ProductSubscription.create().addOrderbook(instrument).addTrades(instrument).build())
                .blockingAwait();
        var market = exchange.getStreamingMarketDataService();
        market.getOrderBook(instrument)
                .subscribe(
                        book -> {
                            Long id = exchange.updateId.get();
                            if (id != null) {
                                truth.book(category, symbol, DEPTH, id, levels(book.getBids()), levels(book.getAsks()));
                            }
                        },
                        error -> truth.fault(symbol + ": " + error));
        market.getTrades(instrument)
                .subscribe(
                        trade -> truth.trade(category, symbol, trade.getId()),
                        error -> truth.fault(symbol + ": " + error));
    }

    private static Map<BigDecimal, BigDecimal> levels(List<LimitOrder> side) {
        Map<BigDecimal, BigDecimal> levels = new HashMap<>();
        side.stream()
                .limit(DEPTH)
                .forEach(order -> levels.put(order.getLimitPrice().stripTrailingZeros(), order.getOriginalAmount()));
        return levels;
    }
}
