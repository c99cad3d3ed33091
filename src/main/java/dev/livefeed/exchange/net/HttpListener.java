package dev.livefeed.exchange.net;

import dev.livefeed.exchange.engine.ConnectionLimits;
import dev.livefeed.exchange.engine.ExchangeConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The server socket and its I/O thread. */
public final class HttpListener implements AutoCloseable {

    /** Of its first line, which may name 1,024 streams, and of its body. */
    private static final int MAX_REQUEST_BYTES = 64 * 1024;
    /** All clients together may have this fraction of the heap unsent. */
    private static final int BACKLOG_HEAP_DIVISOR = 4;

    private static final long CLOSE_MILLIS = 1000;

    private final EventLoopGroup loop;
    private final Channel server;

    private HttpListener(EventLoopGroup loop, Channel server) {
        this.loop = loop;
        this.server = server;
    }

    /** @throws IOException if the address cannot be bound; the message names it */
    public static HttpListener bind(ExchangeConfig config, MarketThread market) throws IOException {
        EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("exchange-io", true));
        ConnectionLimits limits = config.limits();
        Acceptor acceptor = new Acceptor(limits);
        ReadBacklog backlog = new ReadBacklog(
                Math.max(limits.outboundLimit(), Runtime.getRuntime().maxMemory() / BACKLOG_HEAP_DIVISOR));
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 256)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // One small arena is enough: frames are shared arrays on the heap.
                .childOption(ChannelOption.ALLOCATOR, new PooledByteBufAllocator(true, 1, 1, 8192, 6, 64, 16, false))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.outboundLimit() / 2, limits.outboundLimit()))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (!acceptor.admit(channel)) {
                            channel.close();
                            return;
                        }
                        channel.pipeline()
                                .addLast(new HttpServerCodec(
                                        new HttpDecoderConfig().setMaxInitialLineLength(MAX_REQUEST_BYTES),
                                        HttpHandler.MAX_REQUESTS_WAITING + 1))
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                                .addLast(new HttpHandler(market, acceptor, backlog, config.venues()));
                    }
                });
        var bound = bootstrap.bind(config.host(), config.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            String reason = Objects.requireNonNullElse(
                    bound.cause().getMessage(), bound.cause().toString());
            throw new IOException(
                    "exchange cannot listen on " + config.host() + ":" + config.port() + ": " + reason
                            + "; choose another port or stop the process that uses it",
                    bound.cause());
        }
        return new HttpListener(loop, bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close();
        loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }
}
