/// Pipelines as a team writes them, about 1 kB each; the same for the same number, in every run.
enum ManifestCorpus {
  private static let zones = ["Europe/Berlin", "UTC", "America/New_York", "Asia/Tokyo"]

  static func pipeline(_ number: Int) -> String {
    """
    ---
    # Orders of shop \(number), for the daily sales report.
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata:
      name: shop-\(number)-orders
      labels:
        team: growth-\(number % 17)
        stage: production
    spec:
      mode: incremental
      source:
        connector:
          type: singer
          executable: tap-postgres
        config:
          host: shop-\(number).db.example.com
          port: 5432
          user: replication
          password: {fromEnv: SHOP_\(number)_PASSWORD}
          dbname: shop
          filter_schemas: [public, sales]
          ssl: true
      destination:
        connector:
          type: singer
          executable: target-postgres
        config:
          host: warehouse.example.com
          port: 5432
          user: loader
          password: {fromFile: /run/secrets/warehouse}
          dbname: analytics
          default_target_schema: shop_\(number)
      streams:
        - name: public-orders
          replication: incremental
          key: updated_at
        - name: public-customers
          fields: ["*", "!email"]
      schedule:
        cron: "\(number % 60) \(number % 24) * * *"
        timeZone: \(zones[number % zones.count])
        missed: run-once
      limits:
        runTimeout: 2h
        noProgress: 15m
      retry:
        attempts: 3
        backoff: 30s

    """
  }

  static func stream(of count: Int) -> String {
    var text = ""
    for number in 1...count { text += pipeline(number) }
    return text
  }
}
