package dev.livefeed.connectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Obeys the protocol's commands and notes each, with the number of its process, in the file {@code commands}. Refuses
 * the subscriptions that the argument matches.
 */
public final class ObedientConnector {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]*)\"");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Pattern refused;

    private ObedientConnector(Pattern refused) {
        this.refused = refused;
    }

    /** @param args a pattern of the subscriptions to refuse: {@code channel symbol} */
    public static void main(String[] args) throws IOException {
        new ObedientConnector(Pattern.compile(args.length == 0 ? "none" : args[0])).run();
    }

    private void run() throws IOException {
        out.println("{\"type\":\"status\",\"status\":\"connected\",\"connector\":\"obedient\"}");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = commands.readLine()) != null) {
            Files.writeString(
                    Path.of("commands"),
                    ProcessHandle.current().pid() + " " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            switch (field(line, "command")) {
                case "subscribe" -> subscribe(line);
                case "unsubscribe" ->
                    out.println("{\"type\":\"status\",\"status\":\"unsubscribed\"," + about(line) + "}");
                case "resync" -> depth(field(line, "symbol"), true, 100, -1);
                case "stop" -> {
                    return;
                }
                default -> {
                    // Others are noted only.
                }
            }
        }
    }

    private void subscribe(String line) {
        String channel = field(line, "channel");
        String symbol = field(line, "symbol");
        String about = about(line);
        if (refused.matcher(channel + " " + symbol).find()) {
            out.println("{\"type\":\"error\",\"error\":\"" + symbol + " is not listed\",\"code\":10001," + about + "}");
            return;
        }
        out.println("{\"type\":\"status\",\"status\":\"subscribed\"," + about + "}");
        if (channel.equals("trades")) {
            out.println("{\"type\":\"trade\",\"symbol\":\"" + symbol + "\",\"timestamp\":" + System.currentTimeMillis()
                    + ",\"price\":\"100\",\"qty\":\"1\",\"side\":\"sell\",\"id\":\"t1\"}");
        } else {
            depth(symbol, true, 10, -1);
            if (Files.exists(Path.of("gap"))) {
                depth(symbol, false, 13, 12);
            }
        }
    }

    private static String about(String line) {
        return "\"channel\":\"" + field(line, "channel") + "\",\"symbol\":\"" + field(line, "symbol") + "\",\"id\":\""
                + field(line, "id") + "\"";
    }

    private void depth(String symbol, boolean snapshot, long id, long previous) {
        out.println("{\"type\":\"depth\",\"symbol\":\"" + symbol + "\",\"timestamp\":" + System.currentTimeMillis()
                + ",\"snapshot\":" + snapshot + ",\"last_update_id\":" + id
                + (previous < 0 ? "" : ",\"prev_update_id\":" + previous)
                + ",\"bids\":[[\"99.5\",\"1\"]],\"asks\":[[\"100.5\",\"2\"]]}");
    }

    private static String field(String line, String name) {
        Matcher m = FIELD.matcher(line);
        while (m.find()) {
            if (m.group(1).equals(name)) {
                return m.group(2);
            }
        }
        return "";
    }
}
