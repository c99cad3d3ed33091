package dev.livefeed.connector.session;

import dev.livefeed.connector.session.access.ProxyAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a pipeline that reaches the host through a proxy, and what a failure of the proxy means. */
final class ProxyTunnel {

    private static final AttributeKey<ProxyAddress> PROXY = AttributeKey.valueOf("proxy");
    private static final Pattern STATUS = Pattern.compile("status: ([1-5]\\d{2})([^,]*)$");
    private static final Pattern REPLY = Pattern.compile("status: ([A-Z_]+)");

    private ProxyTunnel() {}

    /**
     * Adds the proxy's handlers as the first ones.
     *
     * @param address of the proxy
     * @param tls to the proxy, or null
     */
    static void addTo(
            ChannelPipeline pipeline, ProxyAddress proxy, InetSocketAddress address, SslHandler tls, Duration timeout) {
        pipeline.channel().attr(PROXY).set(proxy);
        ProxyHandler tunnel =
                switch (proxy.kind()) {
                    case SOCKS5 -> new Socks5ProxyHandler(address, proxy.user(), proxy.password());
                    case HTTP, HTTPS ->
                        proxy.user() == null
                                ? new HttpProxyHandler(address)
                                : new HttpProxyHandler(address, proxy.user(), proxy.password());
                };
        tunnel.setConnectTimeoutMillis(timeout.toMillis());
        if (tls != null) {
            pipeline.addLast("proxy-tls", tls);
            pipeline.addLast(new ProxyHandshake());
        }
        if (proxy.kind() == ProxyAddress.Kind.SOCKS5) {
            pipeline.addLast(new SocksVersion());
        }
        pipeline.addLast("proxy", tunnel);
    }

    /** What a failed connection means; a refusal by the proxy is told as such. */
    static String describe(Channel channel, Throwable cause) {
        ProxyAddress proxy = channel == null ? null : channel.attr(PROXY).get();
        Throwable refusal = cause;
        while (refusal != null && !(refusal instanceof ProxyConnectException)) {
            refusal = refusal.getCause();
        }
        return proxy == null || refusal == null ? WebSocketHandler.describe(cause) : refusal(proxy, refusal);
    }

    private static String refusal(ProxyAddress proxy, Throwable refusal) {
        String text = String.valueOf(refusal.getMessage());
        Matcher status = STATUS.matcher(text);
        if (status.find()) {
            return "the " + proxy + " answered CONNECT with " + status.group(1) + status.group(2)
                    + advice(Integer.parseInt(status.group(1)), proxy);
        }
        if (text.contains("authStatus") || text.contains("authMethod")) {
            return "the " + proxy + (proxy.user() == null ? " wants a login: " : " refused the login: ")
                    + "check user and password in " + proxy.source();
        }
        Matcher reply = REPLY.matcher(text);
        if (reply.find()) {
            return "the " + proxy + " cannot connect: " + reply.group(1) + socksAdvice(reply.group(1));
        }
        if (text.contains("timeout")) {
            return "the " + proxy + " did not answer in time";
        }
        if (text.contains("disconnected")) {
            return "the " + proxy + " closed the connection before it answered; check its kind and port in "
                    + proxy.source();
        }
        return "the " + proxy + " gave no usable answer; check its kind and port in " + proxy.source();
    }

    private static String advice(int status, ProxyAddress proxy) {
        return switch (status) {
            case 407 ->
                (proxy.user() == null ? ": it wants a login; set" : ": it refused the login; check")
                        + " user and password in " + proxy.source();
            case 403 -> ": its rules do not allow this host or port; have it allowed, or list the host in NO_PROXY";
            case 502, 503, 504 -> ": it cannot reach the host";
            default -> "";
        };
    }

    private static String socksAdvice(String reply) {
        return switch (reply) {
            case "FORBIDDEN" -> ": its rules do not allow this host or port";
            case "HOST_UNREACHABLE" -> ": it cannot resolve or reach the host";
            case "CONNECTION_REFUSED" -> ": the host refused it";
            default -> "";
        };
    }

    /** Rejects a server of another protocol, whose first bytes Netty's handler takes for a good answer. */
    private static final class SocksVersion extends ChannelInboundHandlerAdapter {

        private static final int VERSION = 5;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.pipeline().remove(this);
            if (message instanceof ByteBuf bytes
                    && bytes.isReadable()
                    && bytes.getByte(bytes.readerIndex()) != VERSION) {
                bytes.release();
                context.fireExceptionCaught(new ProxyConnectException("no answer of SOCKS version 5"));
            } else {
                context.fireChannelRead(message);
            }
        }
    }

    /** Keeps the TLS handshake with the proxy from being taken for that with the host. */
    private static final class ProxyHandshake extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent tls)) {
                context.fireUserEventTriggered(event);
            } else if (!tls.isSuccess()) {
                context.fireExceptionCaught(new ProxyConnectException(
                        "no TLS connection: " + WebSocketHandler.describe(tls.cause()), tls.cause()));
            }
        }
    }
}
