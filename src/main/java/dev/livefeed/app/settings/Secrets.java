package dev.livefeed.app.settings;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes secrets from a connector's texts before they reach the log, health or a dead letter. */
public final class Secrets {

    private static final Pattern SECRET_NAME =
            Pattern.compile("SECRET|API_KEY|PASSWORD|TOKEN|PASSPHRASE|PRIVATE|CREDENTIAL|_KEY$|_KEY_");
    /** A file with secrets, whose name is none. */
    private static final String OF_A_FILE = "_FILE";

    private static final Pattern PROXY_NAME = Pattern.compile("(?i)_PROXY$|^SINK_\\w+_URL$|^OTEL_\\w+_ENDPOINT$");
    private static final Pattern URL_PASSWORD = Pattern.compile("(?i)[?&;]\\w*password=([^&;]+)");
    private static final Pattern LOGIN = Pattern.compile("^(?:[^/]*://)?([^:@]*):(.*)@[^@]*$");
    /** The one URL whose user alone may be a secret. */
    private static final String TOKEN_NAME = "SINK_NATS_URL";

    private static final Pattern TOKEN = Pattern.compile("^[^/]*://([^:@/]*)@");
    private static final String PASSWORD = "_PASSWORD";
    private static final int SHORTEST = 4;
    private static final String HIDDEN = "***";
    private static final char CUT = '…';

    private final List<String> values;
    private final Redacted redacted = new Redacted();

    /** @param values the secrets; blank and very short ones are ignored */
    public Secrets(Collection<String> values) {
        this.values =
                values.stream().filter(v -> v != null && v.length() >= SHORTEST).toList();
    }

    /**
     * The values of all variables whose name marks them as secret, with the logins of proxies and the values of
     * headers.
     *
     * @param settings further settings by their variables
     */
    public static Secrets of(Map<String, String> environment, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(environment);
        return new Secrets(Stream.concat(
                        Stream.of(environment, settings)
                                .flatMap(variables -> variables.entrySet().stream())
                                .flatMap(variable -> secretsOf(variable.getKey(), variable.getValue())),
                        all.keySet().stream()
                                .filter(name -> name.endsWith(PASSWORD))
                                .flatMap(name -> sent(all, name)))
                .distinct()
                .toList());
    }

    /** A password as it is written in a URL and, with the user of the same name, sent to an HTTP server. */
    private static Stream<String> sent(Map<String, String> variables, String name) {
        String password = variables.get(name);
        String user = variables.getOrDefault(name.substring(0, name.length() - PASSWORD.length()) + "_USER", "");
        return Stream.of(basic(user, password), URLEncoder.encode(password, StandardCharsets.UTF_8));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> secretsOf(String name, String value) {
        if (PROXY_NAME.matcher(name).find()) {
            return Stream.concat(Stream.of(value), Arrays.stream(value.split(",")))
                    .distinct()
                    .flatMap(url -> Stream.concat(login(name, url.strip()), parameters(url)));
        }
        if (name.startsWith("OTEL_") && name.endsWith("_HEADERS")) {
            return Arrays.stream(value.split(",")).flatMap(Secrets::ofTracing);
        }
        if (name.endsWith("_HEADERS")) {
            return Arrays.stream(value.split("[|\n]"))
                    .map(header -> header.substring(header.indexOf(':') + 1).strip());
        }
        return SECRET_NAME.matcher(name).find() && !name.endsWith(OF_A_FILE) && !isFlag(value)
                ? Stream.of(value)
                : Stream.empty();
    }

    /** The value of a header {@code NAME=VALUE} as it is written and as it is sent. */
    private static Stream<String> ofTracing(String header) {
        String value = header.substring(header.indexOf('=') + 1).strip();
        return Stream.concat(Stream.of(value), decoded(value).stream());
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no escapes
        }
    }

    /** Such as that of a client's key for a driver. */
    private static Stream<String> parameters(String url) {
        return URL_PASSWORD.matcher(url).results().map(parameter -> parameter.group(1));
    }

    private static Stream<String> login(String name, String url) {
        Matcher login = LOGIN.matcher(url);
        if (login.find()) {
            return loginParts(login.group(1), login.group(2));
        }
        Matcher token = TOKEN.matcher(url);
        return name.equals(TOKEN_NAME) && token.find() ? Stream.of(token.group(1)) : Stream.empty();
    }

    /** As they are written, as they are meant, and as a proxy is sent them. */
    private static Stream<String> loginParts(String user, String password) {
        String plain = password;
        try {
            plain = URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No escapes: as it is written.
        }
        return Stream.of(user + ':' + password, basic(user, plain), password, plain);
    }

    private static boolean isFlag(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    /** Returns the text with each secret replaced, including one that is cut off at the end; null stays null. */
    public String redact(String text) {
        String clean = text;
        if (clean != null) {
            for (String value : values) {
                clean = cut(clean.replace(value, HIDDEN), value);
            }
        }
        return clean;
    }

    /** Replaces the part of a secret that a cut has left, at the end or before the ellipsis. */
    private static String cut(String text, String value) {
        String clean = text;
        boolean signs = clean.indexOf(CUT) >= 0;
        for (int length = value.length() - 1; length >= SHORTEST; length--) {
            String rest = value.substring(0, length);
            if (signs) {
                clean = clean.replace(rest + CUT, HIDDEN + CUT);
            }
            if (clean.endsWith(rest)) {
                clean = clean.substring(0, clean.length() - length) + HIDDEN;
            }
        }
        return clean;
    }

    /** Returns the event with secrets replaced in its free texts. */
    public Event redact(Event event) {
        return values.isEmpty() ? event : redacted.visit(event);
    }

    private final class Redacted implements EventVisitor<Event> {

        @Override
        public Event status(Status s) {
            Map<String, Object> details = new LinkedHashMap<>();
            s.details().forEach((field, value) -> details.put(redact(field), redact(value)));
            return Status.of(
                    redact(s.status()),
                    new Head(
                            redact(s.connector()),
                            s.symbol(),
                            redact(s.channel()),
                            redact(s.id()),
                            redact(s.reason()),
                            s.venue()),
                    details);
        }

        @Override
        public Event failure(Failure f) {
            return new Failure(
                    redact(f.error()),
                    redact(f.code()),
                    f.symbol(),
                    redact(f.category()),
                    redact(f.channel()),
                    redact(f.id()),
                    f.fatal(),
                    f.venue());
        }

        @Override
        public Event trade(Trade trade) {
            return trade;
        }

        @Override
        public Event depth(Depth depth) {
            return depth;
        }

        @Override
        public Event market(MarketEvent event) {
            return event;
        }

        @Override
        public Event account(AccountEvent event) {
            return event;
        }

        @Override
        public Event history(HistoryEvent event) {
            return event;
        }

        @Override
        public Event unknown(Unknown event) {
            return event;
        }
    }

    /** Handles JSON values: texts, and lists and maps of them. Other values contain no secrets. */
    private Object redact(Object value) {
        if (value instanceof String text) {
            return redact(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::redact).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> clean = new LinkedHashMap<>();
            map.forEach((key, one) -> clean.put(redact(key), redact(one)));
            return clean;
        }
        return value;
    }
}
