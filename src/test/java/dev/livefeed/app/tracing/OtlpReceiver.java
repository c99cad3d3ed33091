package dev.livefeed.app.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans by OTLP over HTTP, and reads as much of their protobuf as tests need. */
public final class OtlpReceiver implements AutoCloseable {

    /** A span with its service and its texts among the attributes; without a parent, that is empty. */
    public record Span(
            String service, String trace, String id, String parent, String name, Map<String, String> texts) {}

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile String authorization;

    /** @param port of the loopback address; 0 for any */
    public OtlpReceiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** What the setting for the endpoint is. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Those taken so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The header of the last request. */
    public String authorization() {
        return authorization;
    }

    private void take(HttpExchange exchange) throws IOException {
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        ByteBuffer request = ByteBuffer.wrap(exchange.getRequestBody().readAllBytes());
        for (ByteBuffer resourceSpans : messages(request, 1)) {
            Map<String, String> resource = new TreeMap<>();
            messages(resourceSpans, 1).forEach(one -> resource.putAll(texts(one, 1)));
            for (ByteBuffer scopeSpans : messages(resourceSpans, 2)) {
                for (ByteBuffer span : messages(scopeSpans, 2)) {
                    spans.add(new Span(
                            resource.get("service.name"),
                            hex(span, 1),
                            hex(span, 2),
                            hex(span, 4),
                            text(messages(span, 5).get(0)),
                            texts(span, 9)));
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** The attributes that are texts. */
    private static Map<String, String> texts(ByteBuffer message, int field) {
        Map<String, String> texts = new TreeMap<>();
        for (ByteBuffer attribute : messages(message, field)) {
            for (ByteBuffer value : messages(messages(attribute, 2).get(0), 1)) {
                texts.put(text(messages(attribute, 1).get(0)), text(value));
            }
        }
        return texts;
    }

    private static String hex(ByteBuffer message, int field) {
        List<ByteBuffer> found = messages(message, field);
        return found.isEmpty() ? "" : HexFormat.of().formatHex(bytes(found.get(0)));
    }

    private static String text(ByteBuffer field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer field) {
        byte[] bytes = new byte[field.remaining()];
        field.duplicate().get(bytes);
        return bytes;
    }

    /** The fields of that number which have a length: messages, texts and bytes. */
    private static List<ByteBuffer> messages(ByteBuffer message, int field) {
        List<ByteBuffer> found = new ArrayList<>();
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            switch ((int) tag & 7) {
                case 0 -> varint(in);
                case 1 -> in.getLong();
                case 2 -> {
                    int length = (int) varint(in);
                    if (tag >>> 3 == field) {
                        found.add(in.slice(in.position(), length));
                    }
                    in.position(in.position() + length);
                }
                case 5 -> in.getInt();
                default -> throw new IllegalStateException("no field of protobuf: " + tag);
            }
        }
        return found;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
