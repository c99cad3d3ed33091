package dev.livefeed.connector.binance.venue;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The hosts of the venue, as far as it is known what they serve. */
enum VenueHost {
    SPOT_STREAM(Purpose.STREAM, BinanceMarket.SPOT, "(demo-|data-)?stream\\.(testnet\\.)?binance\\.(com|us|vision)"),
    SPOT_REST(Purpose.REST, BinanceMarket.SPOT, "((demo-|data-)?api(\\d|-gcp)?|testnet)\\.binance\\.(com|us|vision)"),
    USDM_STREAM(Purpose.STREAM, BinanceMarket.USDM, "(demo-)?fstream(-mm)?\\.(binance|binancefuture)\\.com"),
    USDM_REST(Purpose.REST, BinanceMarket.USDM, "(demo-)?fapi(-mm)?\\.binance\\.com|testnet\\.binancefuture\\.com"),
    OTHER(Purpose.NONE, null, "((demo-)?(dapi|dstream|eapi|papi|ws-[a-z]*api)|nbstream|www)\\..*");

    private static final Pattern VENUE = Pattern.compile("([^.]+\\.)*(binance\\.(com|us|vision)|binancefuture\\.com)");

    private static final Pattern TEST = Pattern.compile("demo-.*|(.*\\.)?testnet\\..*|.*binancefuture\\.com");

    private final Purpose purpose;
    private final BinanceMarket market;
    private final Pattern names;

    /** What a host is for. */
    enum Purpose {
        STREAM("streams"),
        REST("REST"),
        NONE("other markets or interfaces");

        private final String text;

        Purpose(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The venue's sites, which share no instruments or accounts. */
    enum SiteName {
        GLOBAL("the global site"),
        TEST("the testnet"),
        US("Binance.US");

        private final String text;

        SiteName(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    VenueHost(Purpose purpose, BinanceMarket market, String names) {
        this.purpose = purpose;
        this.market = market;
        this.names = Pattern.compile(names);
    }

    /** What the host of an address serves; null if that is not known. */
    static VenueHost of(URI base) {
        String name = name(base);
        return !isVenues(base)
                ? null
                : Arrays.stream(values())
                        .filter(one -> one.names.matcher(name).matches())
                        .findFirst()
                        .orElse(null);
    }

    /** Whether the host of an address is one of the venue's. */
    static boolean isVenues(URI base) {
        return VENUE.matcher(name(base)).matches();
    }

    private static String name(URI base) {
        return base.getHost().toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    }

    boolean serves(Purpose wanted, BinanceMarket wantedMarket) {
        return purpose == wanted && market == wantedMarket;
    }

    /** What it is for, in words. */
    String use() {
        return market == null ? purpose.toString() : purpose + " of " + market.setting();
    }

    /** The site that a host belongs to. */
    static SiteName site(URI base) {
        String name = name(base);
        return name.endsWith(".us") ? SiteName.US : TEST.matcher(name).matches() ? SiteName.TEST : SiteName.GLOBAL;
    }
}
