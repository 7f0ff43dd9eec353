#include "api/server.h"

#include <utility>

#include "api/application.h"
#include "api/network.h"

namespace vigie::api {

namespace {

/// The stores of a data folder, as this room asks for them.
class FolderFeeds final : public FeedStore {
  public:
    explicit FolderFeeds(Metadata& metadata) : metadata_(metadata) {}
    Result<std::vector<FeedToken>> tokens() override { return metadata_.tokens(); }
    Result<std::vector<LiveRefusal>> refusals_of_message(std::uint64_t message) override { return metadata_.refusals_of_message(message); }
    Result<std::vector<SourceRecord>> sources() override { return metadata_.sources(); }

  private:
    Metadata& metadata_;
};

class FolderReference final : public ReferenceStore {
  public:
    explicit FolderReference(Metadata& metadata) : metadata_(metadata) {}
    Result<std::optional<City>> city() override { return metadata_.city(); }
    Result<std::optional<Taxonomy>> taxonomy() override { return metadata_.taxonomy(); }
    Result<std::vector<SourceRecord>> sources() override { return metadata_.sources(); }
    Result<std::vector<ImportRecord>> imports(std::size_t limit) override {
        return metadata_.imports(limit);
    }
    Result<std::vector<QuarantineCount>> quarantine_counts() override {
        return metadata_.quarantine_counts();
    }
    Result<std::vector<QuarantineRecord>> quarantine(std::optional<SourceId> source,
                                                     std::size_t offset,
                                                     std::size_t limit) override {
        return metadata_.quarantine(source, offset, limit);
    }

  private:
    Metadata& metadata_;
};

class FolderServer final : public Server {
  public:
    explicit FolderServer(DataFolder& folder) : reference_(folder.metadata()), feeds_(folder.metadata()) {}

    Status start(DataFolder& folder, Log& log, Clock clock, const ServerOptions& options, InboxParts inbox) {
        inbox.store = &feeds_;
        ApplicationOptions application_options;
        application_options.allowed_hosts = options.allowed_hosts;
        application_options.behind_proxy = options.behind_proxy;
        application_options.cache_bytes = options.cache_bytes;
        const Observatory observatory{&folder.events(), &folder.metadata(), &folder.metadata(),
                                      &reference_, inbox};
        application_ = TRY(
            Application::open(observatory, log, std::move(clock), std::move(application_options)));

        NetworkOptions network_options;
        network_options.address = options.address;
        network_options.port = options.port;
        network_options.tls_certificate = options.tls_certificate;
        network_options.tls_key = options.tls_key;
        network_options.workers = options.workers;
        network_options.connections_max = options.connections_max;
        network_options.https = !options.tls_certificate.empty() || options.behind_proxy;
        network_ = TRY(Network::open(network_options, *application_));
        return {};
    }

    std::uint16_t port() const override { return network_->port(); }
    void run() override { network_->run(); }
    void stop() override { network_->stop(); }
    Status reload() override { return application_->reload(); }

  private:
    FolderReference reference_;
    FolderFeeds feeds_;
    std::unique_ptr<Application> application_;
    std::unique_ptr<Network> network_;  // after the application, so that its threads end first
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(DataFolder& folder, Log& log, Clock clock,
                                             const ServerOptions& options, InboxParts inbox) {
    TRY(check_binding(options));
    auto server = std::make_unique<FolderServer>(folder);
    TRY(server->start(folder, log, std::move(clock), options, inbox));
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace vigie::api
