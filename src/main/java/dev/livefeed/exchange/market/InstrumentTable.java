package dev.livefeed.exchange.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The built-in instruments, and plausible instrument facts for any other symbol. */
public final class InstrumentTable {

    private static final List<String> QUOTES = List.of("USDT", "USDC", "USD", "EUR", "BTC", "ETH");

    private final Map<MarketKey, Instrument> known = new LinkedHashMap<>();

    /** Identifies an instrument, since a symbol may be listed in several categories. */
    public record MarketKey(ProductCategory category, String symbol) {}

    /** @param now milliseconds since 1970; determines the expiry of the listed options */
    public InstrumentTable(long now) {
        try (InputStream in = InstrumentTable.class.getResourceAsStream("instruments.csv")) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(InstrumentTable::row)
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options("BTC", now).forEach(this::add);
        options("ETH", now).forEach(this::add);
    }

    /** The option contracts of a base coin that are listed at a time; none for other coins. */
    List<Instrument> options(String baseCoin, long now) {
        return known.containsKey(new MarketKey(ProductCategory.LINEAR, baseCoin + "USDT"))
                ? OptionSeries.around(baseCoin, price(baseCoin + "USDT"), now)
                : List.of();
    }

    /** All built-in instruments, in the order of {@code instruments.csv}, then options. */
    public List<Instrument> all() {
        return List.copyOf(known.values());
    }

    /** The instrument; its facts are generated from its name if it is not built in. */
    public Instrument get(MarketKey key) {
        return Optional.ofNullable(known.get(key)).orElseGet(() -> generate(key));
    }

    private double price(String linear) {
        return known.get(new MarketKey(ProductCategory.LINEAR, linear))
                .profile()
                .startPrice();
    }

    private void add(Instrument instrument) {
        known.put(new MarketKey(instrument.category(), instrument.symbol()), instrument);
    }

    private static Instrument row(String line) {
        String[] f = line.split(",");
        return new Instrument(
                ProductCategory.of(f[0]).orElseThrow(),
                f[1],
                f[2],
                f[3],
                Step.parse(f[5]),
                Step.parse(f[6]),
                new MarketProfile(
                        Double.parseDouble(f[4]),
                        Double.parseDouble(f[7]),
                        Integer.parseInt(f[8]),
                        Double.parseDouble(f[9]),
                        Double.parseDouble(f[10])));
    }

    private Instrument generate(MarketKey key) {
        ProductCategory category = key.category();
        String symbol = key.symbol();
        if (category == ProductCategory.OPTION) {
            return OptionSeries.terms(symbol)
                    .map(OptionSeries.Terms::baseCoin)
                    .map(coin -> known.get(new MarketKey(ProductCategory.LINEAR, coin + "USDT")))
                    .or(() -> Optional.ofNullable(known.get(new MarketKey(ProductCategory.LINEAR, "BTCUSDT"))))
                    .flatMap(underlying ->
                            OptionSeries.contract(symbol, underlying.profile().startPrice()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "symbol " + symbol + " is not an option contract, must look like BTC-27MAR26-70000-C"));
        }
        String quote = category == ProductCategory.INVERSE
                ? "USD"
                : QUOTES.stream()
                        .filter(q -> symbol.endsWith(q) && symbol.length() > q.length())
                        .findFirst()
                        .orElse(symbol.endsWith("PERP") ? "USDC" : "USDT");
        String base = symbol.endsWith(quote)
                ? symbol.substring(0, symbol.length() - quote.length())
                : symbol.replaceAll("PERP$", "");
        // A price with five digits down to its tick, log-uniform between 0.01 and 100.
        double price = Math.pow(10, -2 + 4 * SeededRandom.unit(SeededRandom.mix(0, base), 1));
        int scale = Math.max(0, 4 - (int) Math.floor(Math.log10(price)));
        double touchValue = 25_000;
        double lot = Math.pow(10, Math.floor(Math.log10(1 / price)));
        int lotScale = Math.max(0, (int) -Math.round(Math.log10(lot)));
        boolean inverse = category == ProductCategory.INVERSE;
        return new Instrument(
                category,
                symbol,
                base.isEmpty() ? symbol : base,
                quote,
                new Step(1, scale),
                inverse || lot >= 1 ? new Step(1, 0) : new Step(1, lotScale),
                new MarketProfile(price, inverse ? touchValue : touchValue / price, 2, 0.5, 6));
    }
}
