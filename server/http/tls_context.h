// What TlsContext holds. Private to http/.
#pragma once

#include <boost/asio/ssl/context.hpp>

namespace callisto::server {

struct TlsContext {
  boost::asio::ssl::context context{boost::asio::ssl::context::tls_server};
};

}  // namespace callisto::server
