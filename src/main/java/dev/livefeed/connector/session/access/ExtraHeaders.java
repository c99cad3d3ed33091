package dev.livefeed.connector.session.access;

import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Headers in addition to those of the protocol, for each WebSocket handshake and HTTP request to the venue, not for
 * proxies. Its text holds the names only: values may be secrets.
 *
 * @param values by name, in the order given
 */
public record ExtraHeaders(Map<String, String> values) {

    /** No header. */
    public static final ExtraHeaders NONE = new ExtraHeaders(Map.of());

    private static final int MAX_HEADERS = 32;
    private static final int MAX_LENGTH = 4_096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

    /** What the protocol itself sets, or what would change the meaning of a request. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "connection",
            "upgrade",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "expect",
            "keep-alive",
            "accept-encoding");

    /** @param variable several headers in it are separated by {@code |}; the key {@code headers} is a list */
    static ExtraHeaders read(ConnectorSettings settings, String variable) {
        List<String> lines = settings.hiddenTexts("headers", variable, '|');
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        List<String> faults = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            String lower = name.toLowerCase(Locale.ROOT);
            length += line.length();
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                faults.add("header " + (i + 1) + " is not of the form name: value in printable ASCII");
            } else if (RESERVED.contains(lower) || lower.startsWith("sec-") || lower.startsWith("proxy-")) {
                faults.add(name + " is set by the protocol and cannot be given");
            } else if (!seen.add(lower)) {
                faults.add(name + " is given twice");
            }
            values.put(name, value);
        }
        if (lines.size() > MAX_HEADERS || length > MAX_LENGTH) {
            faults.add("at most " + MAX_HEADERS + " headers of " + MAX_LENGTH + " characters in all are sent");
        }
        if (!faults.isEmpty()) {
            settings.fault(
                    "headers", variable, "cannot be used: " + faults.get(0) + "; write name: value | name: value");
            return NONE;
        }
        return new ExtraHeaders(values);
    }

    @Override
    public String toString() {
        return "ExtraHeaders" + values.keySet();
    }
}
