package dev.livefeed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A connection: answers requests as the venue does, then sends the feed. */
final class FeedSession extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 32 * 1024;
    private static final int MAX_FRAME = 16 * 1024;

    private final Pace pace;
    private final Replay replay;
    private final Set<String> availableTopics = new HashSet<>();
    private final Set<String> subscribed = new HashSet<>();
    private boolean running;
    private boolean stopped;
    private long books;

    FeedSession(PreparedFeed feed, Pace pace) {
        this.pace = pace;
        this.replay = new Replay(feed);
        feed.instruments().forEach(instrument -> {
            if (feed.hasTrades()) {
                availableTopics.add("publicTrade." + instrument.symbol());
            }
            availableTopics.add("orderbook." + MarketWalk.LEVELS + '.' + instrument.symbol());
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws Exception {
        if (!(frame instanceof TextWebSocketFrame text)) {
            return;
        }
        JsonNode request = JSON.readTree(text.text());
        String op = request.path("op").asText();
        String id = request.path("req_id").asText();
        switch (op) {
            case "ping" -> answer(context, true, "pong", op, id);
            case "subscribe" -> subscribe(context, request, op, id);
            case "unsubscribe" -> {
                request.path("args").forEach(topic -> subscribed.remove(topic.asText()));
                answer(context, true, "", op, id);
            }
            default -> answer(context, false, "error:invalid op", op, id);
        }
    }

    private void subscribe(ChannelHandlerContext context, JsonNode request, String op, String id) {
        for (JsonNode topic : request.path("args")) {
            if (!availableTopics.contains(topic.asText())) {
                answer(context, false, "error:handler not found,topic:" + topic.asText(), op, id);
                return;
            }
        }
        request.path("args").forEach(topic -> subscribed.add(topic.asText()));
        answer(context, true, "", op, id);
        // A new subscription needs a snapshot, which the feed has at its beginning.
        replay.restart();
        if (subscribed.size() == availableTopics.size() && !running && !stopped) {
            running = true;
            if (pace.framesPerSecond() == 0) {
                fill(context.channel());
            } else {
                startPacing(context.channel());
            }
        }
    }

    private static void answer(ChannelHandlerContext context, boolean success, String text, String op, String id) {
        context.writeAndFlush(new TextWebSocketFrame(JSON.createObjectNode()
                .put("success", success)
                .put("ret_msg", text)
                .put("conn_id", "bench")
                .put("req_id", id)
                .put("op", op)
                .toString()));
    }

    /** Sends no further frame; to be called by the event loop. Returns what was sent. */
    Sent stop() {
        running = false;
        stopped = true;
        return new Sent(replay.trades(), books);
    }

    /** The connection breaks when the measured program is ended. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        running = false;
        context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (running && pace.framesPerSecond() == 0) {
            fill(context.channel());
        }
    }

    /** Writes until the channel is no longer writable. */
    private void fill(Channel channel) {
        while (running && channel.isWritable() && channel.isActive()) {
            ByteBuf out = channel.alloc().directBuffer(CHUNK + MAX_FRAME);
            long millis = System.currentTimeMillis();
            while (out.readableBytes() < CHUNK) {
                count(replay.append(out, millis));
            }
            channel.writeAndFlush(out, channel.voidPromise());
        }
    }

    /** Starts a thread that keeps the pace; frames are written by the event loop of the connection. */
    private void startPacing(Channel channel) {
        Thread thread = new Thread(
                () -> {
                    long step = 1_000_000_000L / pace.framesPerSecond();
                    long due = System.nanoTime();
                    while (channel.isActive()) {
                        channel.eventLoop().execute(() -> sendNext(channel));
                        due += step;
                        long wait;
                        while ((wait = due - System.nanoTime()) > 0) {
                            LockSupport.parkNanos(wait);
                        }
                    }
                },
                "pace");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendNext(Channel channel) {
        if (!running) {
            return;
        }
        ByteBuf out = channel.alloc().directBuffer(MAX_FRAME);
        long number = replay.sent();
        PreparedFeed.Frame frame = replay.append(out, System.currentTimeMillis());
        if (pace.times() != null) {
            pace.times().frame(number, books, frame.trades(), System.nanoTime());
        }
        count(frame);
        channel.writeAndFlush(out, channel.voidPromise());
    }

    private void count(PreparedFeed.Frame frame) {
        if (!frame.trades()) {
            books++;
        }
    }
}
