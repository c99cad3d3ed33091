package dev.livefeed.exchange.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Option contracts: quarterly calls and puts around a price, and the parsing of contract names. */
public final class OptionSeries {

    private static final Pattern NAME = Pattern.compile("([A-Z0-9]+)-(\\d{1,2}[A-Z]{3}\\d{2})-(\\d+)-([CP])(-USDT)?");
    private static final DateTimeFormatter EXPIRY = new java.time.format.DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMyy")
            .toFormatter(Locale.ENGLISH);

    private OptionSeries() {}

    /** The terms in a contract's name; {@code deliveryTime} in milliseconds since 1970. */
    public record Terms(String baseCoin, long deliveryTime, long strike, boolean call, String quoteCoin) {}

    /** Parses a contract's name; empty if it is not one. */
    public static Optional<Terms> terms(String symbol) {
        Matcher name = NAME.matcher(symbol);
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate expiry = LocalDate.parse(name.group(2), EXPIRY);
            long delivery = expiry.atTime(8, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
            String quote = name.group(5) == null ? "USDC" : "USDT";
            return Optional.of(new Terms(
                    name.group(1),
                    delivery,
                    Long.parseLong(name.group(3)),
                    name.group(4).equals("C"),
                    quote));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static List<Instrument> around(String base, double price, long now) {
        LocalDate expiry = lastFriday(
                Instant.ofEpochMilli(now).atZone(ZoneOffset.UTC).toLocalDate().plusDays(14));
        String date = expiry.format(EXPIRY).toUpperCase(Locale.ENGLISH);
        double width = Math.pow(10, Math.floor(Math.log10(price))) / 2;
        long middle = Math.round(price / width);
        List<Instrument> contracts = new ArrayList<>();
        for (long strike = middle - 1; strike <= middle + 1; strike++) {
            for (String right : List.of("C", "P")) {
                String symbol = base + "-" + date + "-" + Math.round(strike * width) + "-" + right + "-USDT";
                contracts.add(contract(symbol, price).orElseThrow());
            }
        }
        return contracts;
    }

    static Optional<Instrument> contract(String symbol, double underlying) {
        return terms(symbol).map(terms -> {
            double intrinsic = Math.max(0, terms.call() ? underlying - terms.strike() : terms.strike() - underlying);
            boolean large = underlying > 20_000;
            return new Instrument(
                    ProductCategory.OPTION,
                    symbol,
                    terms.baseCoin(),
                    terms.quoteCoin(),
                    Step.parse(large ? "5" : "0.1"),
                    Step.parse(large ? "0.01" : "0.1"),
                    new MarketProfile(
                            Math.min(underlying, intrinsic + underlying * 0.045), large ? 6 : 60, 3, 0.25, 5));
        });
    }

    private static LocalDate lastFriday(LocalDate from) {
        LocalDate quarterEnd = from.withMonth((from.getMonthValue() - 1) / 3 * 3 + 3)
                .with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
        return quarterEnd.isAfter(from)
                ? quarterEnd
                : from.plusMonths(3)
                        .withMonth((from.plusMonths(3).getMonthValue() - 1) / 3 * 3 + 3)
                        .with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
    }
}
