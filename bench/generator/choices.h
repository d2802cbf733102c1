// The low-cardinality values that properties of the generated graph choose from, commonest first.
#pragma once

#include <array>
#include <string_view>

namespace callisto::bench {

using namespace std::string_view_literals;

inline constexpr auto kDepartments = std::to_array({"Engineering"sv,
                                                    "Sales"sv,
                                                    "Support"sv,
                                                    "Operations"sv,
                                                    "Marketing"sv,
                                                    "Finance"sv,
                                                    "Product"sv,
                                                    "Security"sv,
                                                    "Legal"sv,
                                                    "People"sv,
                                                    "Data"sv,
                                                    "Facilities"sv});
inline constexpr auto kCountries =
    std::to_array({"US"sv, "DE"sv, "GB"sv, "IN"sv, "FR"sv, "JP"sv, "BR"sv, "CA"sv, "ES"sv, "PL"sv,
                   "SE"sv, "NO"sv, "NL"sv, "IT"sv, "AU"sv, "MX"sv, "KR"sv, "SG"sv, "ZA"sv, "AE"sv});
inline constexpr auto kUserStatus =
    std::to_array({"ACTIVE"sv, "PROVISIONED"sv, "SUSPENDED"sv, "DEPROVISIONED"sv, "LOCKED_OUT"sv});
inline constexpr auto kUserTypes = std::to_array({"employee"sv, "contractor"sv, "service"sv});
inline constexpr auto kRegions = std::to_array({"us-east-1"sv,
                                                "us-west-2"sv,
                                                "eu-central-1"sv,
                                                "eu-west-1"sv,
                                                "ap-southeast-1"sv,
                                                "ap-northeast-1"sv,
                                                "sa-east-1"sv,
                                                "ca-central-1"sv});
inline constexpr auto kHostStates =
    std::to_array({"running"sv, "stopped"sv, "terminated"sv, "pending"sv});
inline constexpr auto kInstanceTypes = std::to_array({"t3.micro"sv,
                                                      "t3.large"sv,
                                                      "m6i.large"sv,
                                                      "m6i.xlarge"sv,
                                                      "c7g.large"sv,
                                                      "r6i.2xlarge"sv,
                                                      "c7g.4xlarge"sv,
                                                      "g5.xlarge"sv,
                                                      "x2idn.16xlarge"sv});
inline constexpr auto kPlatforms = std::to_array({"linux"sv, "windows"sv, "darwin"sv});
inline constexpr auto kOsNames = std::to_array({"macOS 14"sv,
                                                "macOS 15"sv,
                                                "Windows 11"sv,
                                                "Windows 10"sv,
                                                "Ubuntu 24.04"sv,
                                                "Debian 12"sv,
                                                "Fedora 41"sv});
inline constexpr auto kClassifications =
    std::to_array({"internal"sv, "confidential"sv, "public"sv, "critical"sv});
inline constexpr auto kEnvironments =
    std::to_array({"production"sv, "staging"sv, "development"sv, "test"sv});
inline constexpr auto kOwners = std::to_array({"platform"sv,
                                               "payments"sv,
                                               "search"sv,
                                               "identity"sv,
                                               "mobile"sv,
                                               "data"sv,
                                               "growth"sv,
                                               "infra"sv,
                                               "ml"sv,
                                               "web"sv});
inline constexpr auto kTags = std::to_array({"Production"sv,
                                             "PII"sv,
                                             "PCI"sv,
                                             "Temporary"sv,
                                             "CriticalAsset"sv,
                                             "Legacy"sv,
                                             "External"sv,
                                             "Backup"sv,
                                             "SOX"sv,
                                             "Demo"sv});
inline constexpr auto kPermissions = std::to_array({"s3:GetObject"sv,
                                                    "s3:PutObject"sv,
                                                    "s3:ListBucket"sv,
                                                    "ec2:DescribeInstances"sv,
                                                    "iam:PassRole"sv,
                                                    "kms:Decrypt"sv,
                                                    "rds:Connect"sv,
                                                    "lambda:InvokeFunction"sv,
                                                    "logs:PutLogEvents"sv,
                                                    "sts:AssumeRole"sv,
                                                    "iam:*"sv,
                                                    "*"sv});
inline constexpr auto kLanguages = std::to_array({"go"sv,
                                                  "typescript"sv,
                                                  "python"sv,
                                                  "java"sv,
                                                  "c++"sv,
                                                  "rust"sv,
                                                  "ruby"sv,
                                                  "kotlin"sv,
                                                  "swift"sv});
inline constexpr auto kPullRequestStates = std::to_array({"merged"sv, "open"sv, "closed"sv});
inline constexpr auto kSeverities =
    std::to_array({"medium"sv, "low"sv, "high"sv, "critical"sv, "info"sv});
inline constexpr auto kFindingStatus =
    std::to_array({"open"sv, "resolved"sv, "ignored"sv, "triaged"sv});
inline constexpr auto kProtocols = std::to_array({"tcp"sv, "udp"sv, "icmp"sv});
inline constexpr auto kEngines =
    std::to_array({"postgres"sv, "mysql"sv, "aurora"sv, "oracle"sv, "sqlserver"sv});
inline constexpr auto kRuntimes =
    std::to_array({"python3.12"sv, "nodejs20.x"sv, "go1.x"sv, "java21"sv, "provided.al2"sv});
inline constexpr auto kReviewStates =
    std::to_array({"APPROVED"sv, "COMMENTED"sv, "CHANGES_REQUESTED"sv, "DISMISSED"sv});

}  // namespace callisto::bench
