package dev.livefeed.connector.bybit.account;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal by the private stream, with the action to take.
 *
 * @param kind the action to take
 * @param code the venue's code, or a word if there is none
 * @param advice advice for the operator
 */
record KeyRefusal(Kind kind, String code, String advice) {

    /** Kind of refusal, which determines the next step. */
    enum Kind {
        /** The keys are refused: a retry does not help. */
        KEYS,
        /** The signature has expired: the measured offset of the venue's clock may be wrong. */
        CLOCK,
        /** A temporary failure of the venue. */
        LATER,
        /** Not a known refusal. */
        UNKNOWN
    }

    private static final String ENVIRONMENT =
            "check BYBIT_API_KEY, and that it belongs to these hosts (mainnet, testnet, demo and regional "
                    + "sites have their own keys)";
    /** Refusals that a key of another site gets as well. */
    private static final Set<String> OF_SITE =
            Set.of("401", "10003", "10004", "10005", "10007", "10009", "10010", "33004", "-2015");

    private static final String NEW_KEY = "create a new key and set BYBIT_API_KEY and BYBIT_API_SECRET";

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("401", ENVIRONMENT),
            Map.entry("10003", ENVIRONMENT),
            Map.entry(
                    "10004",
                    "check BYBIT_API_SECRET: it does not belong to this key, or the key is not of the "
                            + "system-generated (HMAC) type"),
            Map.entry(
                    "10005",
                    "give the key the permission to read orders, positions and the wallet; a key of another "
                            + "account or application has "
                            + "other permissions"),
            Map.entry("10007", NEW_KEY),
            Map.entry(
                    "10009",
                    "the venue does not serve this region: use the hosts of your region, those of the site "
                            + "that the account was "
                            + "registered at (BYBIT_SITE)"),
            Map.entry(
                    "10010",
                    "add this machine's address to the key (behind a proxy, the proxy's), or remove the "
                            + "restriction; if the "
                            + "address is right, the key is of another application, account or site"),
            Map.entry("10024", "the venue's compliance rules do not admit this account: contact the venue"),
            Map.entry("10027", "this account is banned from trading: contact the venue"),
            Map.entry("10028", "the account must be a unified trading account"),
            Map.entry("33004", "the key has expired, after 90 days if it is not bound to an address: " + NEW_KEY),
            Map.entry("-2015", "the key has expired, or its address or permissions are wrong: " + NEW_KEY));
    private static final List<String> CLOCK_CODES = List.of("10002");
    private static final List<String> LATER_CODES =
            List.of("429", "10000", "10006", "10016", "10018", "10019", "10403", "10429", "20003");

    /** Patterns of the venue's undocumented texts with the codes they stand for; the first match counts. */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("key has expired", "33004"),
            Map.entry("key expired", "33004"),
            Map.entry("unmatched ip", "10010"),
            Map.entry("bound ip", "10010"),
            Map.entry("permission", "10005"),
            Map.entry("error sign", "10004"),
            Map.entry("signature", "10004"),
            Map.entry("api key is invalid", "10003"),
            Map.entry("invalid api", "10003"),
            Map.entry("apikey", "10003"),
            Map.entry("authentication failed", "10007"),
            Map.entry("region", "10009"),
            Map.entry("timestamp", "10002"),
            Map.entry("recv_window", "10002"),
            Map.entry("expire", "10002"),
            Map.entry("too many", "10006"),
            Map.entry("too frequent", "10006"),
            Map.entry("server error", "10016"),
            Map.entry("timeout", "10000"));

    /** Used for an expired signature as well as for malformed arguments. */
    private static final String PARAMS = "params error";

    private static final Pattern NUMBER = Pattern.compile("(?<![0-9.])(-2015|401|429|\\d{5})(?![0-9.])");

    /**
     * The advice, with the site whose keys are wanted where a key of another one may be the cause.
     *
     * @param site text on the site, or empty
     */
    String advice(String site) {
        return OF_SITE.contains(code) && !site.isEmpty() ? advice + "; " + site : advice;
    }

    /** Classifies a refusal by its code, otherwise by a code in its text, otherwise by the words of its text. */
    static KeyRefusal of(String code, String text) {
        if (code != null && known(code)) {
            return of(code);
        }
        Matcher numbers = NUMBER.matcher(text);
        while (numbers.find()) {
            if (known(numbers.group(1))) {
                return of(numbers.group(1));
            }
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> words : WORDS) {
            if (lower.contains(words.getKey())) {
                return of(words.getValue());
            }
        }
        if (lower.contains(PARAMS) || "10001".equals(code)) {
            return new KeyRefusal(
                    Kind.CLOCK,
                    "params-error",
                    "check BYBIT_API_KEY, and this machine's clock if the REST host is not reachable");
        }
        return new KeyRefusal(Kind.UNKNOWN, code == null ? "unknown" : code, "unknown refusal: contact the venue");
    }

    /** The refusal for a known code. */
    private static KeyRefusal of(String code) {
        if (CLOCK_CODES.contains(code)) {
            return new KeyRefusal(
                    Kind.CLOCK, code, "synchronize this machine's clock, or make the REST host reachable");
        }
        return LATER_CODES.contains(code)
                ? new KeyRefusal(Kind.LATER, code, "wait")
                : new KeyRefusal(Kind.KEYS, code, ADVICE.get(code));
    }

    private static boolean known(String code) {
        return ADVICE.containsKey(code) || CLOCK_CODES.contains(code) || LATER_CODES.contains(code);
    }
}
