package dev.livefeed.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The venue: a V5 public WebSocket on loopback and the few REST responses that a connector needs. One thread serves all
 * connections; each connection gets the prepared feed once it has subscribed to the trades and the book of every
 * symbol.
 */
final class FeedServer implements AutoCloseable {

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("feed", true));
    private final List<FeedSession> sessions = new ArrayList<>();
    private final Channel channel;
    private final boolean trades;

    /** @param pace how the feed is sent */
    FeedServer(PreparedFeed feed, Pace pace) throws InterruptedException {
        trades = feed.hasTrades();
        channel = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(128 * 1024, 256 * 1024))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        FeedSession session = new FeedSession(feed, pace);
                        sessions.add(session);
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(64 * 1024),
                                        new RestAnswers(feed),
                                        new WebSocketServerProtocolHandler(
                                                "/v5/public", null, false, 64 * 1024, true, true),
                                        session);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Whether the feed has trades besides books. */
    boolean hasTrades() {
        return trades;
    }

    /** Sends no further frame on any connection; returns what was sent. */
    Sent stop() throws InterruptedException {
        return loop.submit(() -> sessions.stream().map(FeedSession::stop).reduce(Sent.NOTHING, Sent::and))
                .sync()
                .getNow();
    }

    /** Value of BYBIT_WS_BASE_URL. */
    String streamUrl() {
        return "ws://127.0.0.1:" + port();
    }

    /** Value of BYBIT_REST_BASE_URL. */
    String restUrl() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
