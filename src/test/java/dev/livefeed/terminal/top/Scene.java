package dev.livefeed.terminal.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.terminal.ExactJson;
import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Glyphs;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model with messages as the stream sends them, and a clock that stands still. */
final class Scene {

    /** 2026-11-27T12:00:00Z, by the clock of the program. */
    static final long NOON = 1_795_780_800_000L;

    private static final ObjectMapper JSON = ExactJson.mapper();

    private long millis = 1_000_000;
    final TopModel model = new TopModel(() -> millis);
    final Selection selection = new Selection();
    private final TopView view = new TopView(model, selection, "http://feed.example:8080");

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    Scene apply(String message) {
        model.apply(json(message));
        return this;
    }

    Scene later(long by) {
        millis += by;
        return this;
    }

    /** The health of one source with two instruments, of which the second may have a reason. */
    Scene health(long time, String kind, String verdict, String reason) {
        return apply("{'type':'health','timestamp':" + time + ",'data':{'version':'1.2.3'," + verdict
                + ",'alarms':[]," + kind + ",'sources':[{'venue':'venue','source':'connector'," + verdict
                + ",'retry':null,'blocked':null,'last_event_at':'2026-11-27T11:59:59.800Z',"
                + "'lag':{'p50_ms':1.26,'p99_ms':23.4,'events':7},'today':{'gaps':0,'restarts':0}}],'instruments':["
                + "{'symbol':'BTCUSDT','category':'linear','venue':'venue','ready':true,'reasons':[],'book':'synced'},"
                + "{'symbol':'ETHUSDT','category':'linear','venue':'venue','ready':" + reason.isEmpty()
                + ",'reasons':[" + (reason.isEmpty() ? "" : "'" + reason + "'") + "],'book':'synced'}]}}");
    }

    static final String READY =
            "'state':'live','connected':true,'fresh':true,'ready':true,'synthetic':false,'reasons':[]";
    static final String SYNTHETIC =
            "'state':'synthetic','connected':true,'fresh':true,'ready':true,'synthetic':true,'reasons':[]";
    static final String DOWN = "'state':'retrying','connected':false,'fresh':false,'ready':false,'synthetic':false,"
            + "'reasons':['the connector has lost the exchange']";

    /** A program that works: two instruments, a book, past prices and trades. */
    static Scene live() {
        Scene scene = new Scene();
        scene.model.opened();
        scene.health(NOON, "'replay':false", READY, "");
        scene.apply("{'type':'context','symbol':'BTCUSDT','category':'linear','data':{'stats':{'open':'82000.00'}}}");
        scene.apply("{'type':'price','symbol':'ETHUSDT','category':'linear','price':2752.10,'timestamp':"
                + (NOON - 70_000) + "}");
        Detail detail = scene.model.follow(new InstrumentName("venue", "linear", "BTCUSDT"));
        scene.model.opened(detail);
        scene.detail("{'type':'candles','data':{'timeframe':'1m','candles':["
                + IntStream.range(0, 20)
                        .mapToObj(i ->
                                "{'start':'2026-11-27T11:" + (40 + i) + ":00Z','close':'" + (82_000 + i * 50) + ".10'}")
                        .collect(Collectors.joining(","))
                + "]}}");
        scene.detail("{'type':'depth','snapshot':true,'last_update_id':5,'bids':[[83010.70,1.500],[83010.60,0.002]],"
                + "'asks':[[83010.80,3.000],[83011.00,0.750]]}");
        for (int i = 0; i < 10; i++) {
            scene.trade("BTCUSDT", "83010." + (70 + i), "0.00" + i);
        }
        return scene;
    }

    Scene trade(String symbol, String price, String qty) {
        return apply("{'type':'trade','symbol':'" + symbol + "','category':'linear','price':" + price + ",'qty':" + qty
                + ",'side':'" + (qty.endsWith("1") ? "sell" : "buy") + "','timestamp':" + (NOON - 300) + "}");
    }

    Scene detail(String message) {
        model.apply(model.detail(), json(message));
        return this;
    }

    Frame frame(int columns, int rows) {
        return view.draw(rows, columns, Glyphs.UNICODE);
    }

    Frame ascii(int columns, int rows) {
        return view.draw(rows, columns, Glyphs.ASCII);
    }

    static String text(Frame frame) {
        return IntStream.range(0, frame.rows()).mapToObj(frame::text).collect(Collectors.joining("\n")) + "\n";
    }

    String screen(int columns, int rows) {
        return text(frame(columns, rows));
    }
}
