/**
 * The functions of the execution modules that Salt 3006 to 3008 load on Windows, by module and without those that
 * begin with an underscore. A name that a module here does not have is one that Salt does not find either.
 */
const names: Readonly<Record<string, string>> = {
  appx: "install list list_deprovisioned remove",
  archive: "cmd_unzip cmd_zip gunzip gzip is_encrypted list rar tar unrar unzip zip",
  auditpol: "get_setting get_settings set_setting",
  autoruns: "list",
  beacons: "add delete disable disable_beacon enable enable_beacon list list_available modify reset save",
  certutil: "add_store del_store get_cert_serial get_stored_cert_serials",
  chocolatey:
    "add_source bootstrap chocolatey_version disable_source enable_source install install_cygwin install_gem " +
    "install_missing install_python install_webpi install_windowsfeatures list list_sources list_webpi " +
    "list_windowsfeatures unbootstrap uninstall update upgrade version",
  cmd:
    "exec_code exec_code_all has_exec powershell powershell_all retcode run run_all run_bg run_chroot run_stderr " +
    "run_stdout script script_retcode shell shell_info shells tty which which_bin",
  config: "backup_mode dot_vals gather_bootstrap_script get items manage_mode merge option valid_fileproto",
  cp:
    "cache_dest cache_dir cache_file cache_files cache_local_file cache_master envs get_dir get_file get_file_str " +
    "get_template get_url hash_file is_cached list_master list_master_dirs list_master_symlinks list_minion " +
    "list_states push push_dir recv recv_chunked stat_file",
  data: "cas clear dump get has_key items keys load pop update values",
  defaults: "deepcopy get merge update",
  disk: "usage",
  dism:
    "add_capability add_feature add_package add_provisioned_package available_capabilities available_features " +
    "get_capabilities get_features get_kb_package_name installed_capabilities installed_features " +
    "installed_packages package_info provisioned_packages remove_capability remove_feature remove_kb " +
    "remove_package",
  dnsutil: "A AAAA MX NS SPF check_ip hosts_append hosts_remove parse_hosts parse_zone serial",
  dsc:
    "apply_config compile_config get_config get_config_status get_lcm_config remove_config restore_config " +
    "run_config set_lcm_config test_config",
  environ: "get has_value item items setenv setval",
  event: "fire fire_master send",
  file:
    "access append apply_template_on_contents basename blockreplace check_file_meta check_hash check_managed " +
    "check_managed_changes check_perms chgrp chown chpgrp comment comment_line contains contains_glob " +
    "contains_regex copy delete_backup directory_exists dirname extract_hash file_exists find get_attributes " +
    "get_diff get_gid get_group get_hash get_managed get_mode get_pgid get_pgroup get_source_sum get_sum get_uid " +
    "get_user gid_to_group group_to_gid is_link join lchown line list_backups list_backups_dir lstat makedirs " +
    "makedirs_perms manage_file mkdir normpath pardir patch path_exists_glob prepend psed read readdir readlink " +
    "remove rename replace restore_backup rmdir search seek_read seek_write set_attributes set_mode set_perms " +
    "source_list stats symlink touch truncate uid_to_user uncomment user_to_uid version version_details write",
  firewall:
    "add_rule delete_rule disable enable get_all_profiles get_all_settings get_config get_rule get_settings " +
    "rule_exists set_firewall_settings set_logging_settings set_settings set_state",
  gem: "install list list_upgrades sources_add sources_list sources_remove uninstall update update_system version",
  git:
    "add archive branch checkout clone commit config_get config_get_regexp config_set config_unset current_branch " +
    "describe diff discard_local_changes fetch init is_worktree list_branches list_tags list_worktrees ls_remote " +
    "merge merge_base merge_tree pull push rebase remote_get remote_refs remote_set remotes reset rev_parse " +
    "revision rm stash status submodule symbolic_ref tag version worktree_add worktree_prune worktree_rm",
  gpg:
    "create_key decrypt delete_key encrypt export_key get_key get_secret_key import_key list_keys " +
    "list_secret_keys read_key receive_keys search_keys sign trust_key verify",
  grains: "append delkey delval equals fetch filter_by get has_value item items ls remove set setval setvals",
  group: "add adduser delete deluser getent info list_groups members",
  hashutil:
    "base64_b64decode base64_b64encode base64_decodefile base64_decodestring base64_encodefile " +
    "base64_encodestring digest digest_file github_signature hmac_compute hmac_signature md5_digest sha256_digest " +
    "sha512_digest",
  highstate_doc:
    "markdown_basic_jinja_template markdown_default_jinja_template markdown_full_jinja_template process_lowstates " +
    "processor_markdown read_file render",
  hosts: "add_host get_alias get_ip has_pair list_hosts rm_host set_comment set_host",
  http: "query update_ca_bundle wait_for_successful_query",
  ini: "get_ini get_option get_section remove_option remove_section set_option",
  ip:
    "disable enable get_all_interfaces get_default_gateway get_interface get_interface_index get_interface_new " +
    "get_subnet_length is_disabled is_enabled list_interfaces raw_interface_configs set_dhcp_all set_dhcp_dns " +
    "set_dhcp_ip set_interface set_static_dns set_static_ip",
  jinja: "import_json import_yaml load_map",
  key: "finger finger_master",
  lgpo: "clear_policy_cache get get_policy get_policy_info set set_computer_policy set_user_policy",
  license: "activate info install installed licensed uninstall",
  log: "critical debug error exception info warning",
  match: "compound data filter_by glob grain grain_pcre ifelse ipcidr list pcre pillar pillar_pcre search_by",
  mine: "delete flush get get_docker send update valid",
  minion: "kill list restart",
  network:
    "calc_net connect convert_cidr dig get_fqdn get_hostname get_route hw_addr ifacestartswith in_subnet " +
    "interface interface_ip interfaces interfaces_names ip_addrs ip_addrs6 ip_in_subnet iphexval is_private " +
    "netstat nslookup ping subnets subnets6 traceroute wol",
  npm: "cache_clean cache_list cache_path install list uninstall",
  ntp: "get_servers set_servers",
  out: "html_format out_format string_format",
  pillar: "data ext fetch file_exists filter_by get item items keys ls obfuscate raw",
  pip:
    "freeze install is_installed list list_all_versions list_freeze_parse list_upgrades normalize uninstall " +
    "upgrade upgrade_available version",
  pkg:
    "compare_versions genrepo get_package_info get_repo_data install latest_version list_available list_pkgs " +
    "list_repo_pkgs list_upgrades normalize_name purge refresh_db remove upgrade upgrade_available version",
  pkg_resource:
    "add_pkg check_extra_requirements format_pkg_list format_version pack_sources parse_targets sort_pkglist " +
    "stringify version version_clean version_compare",
  powercfg:
    "get_disk_timeout get_hibernate_timeout get_monitor_timeout get_standby_timeout set_disk_timeout " +
    "set_hibernate_timeout set_monitor_timeout set_standby_timeout",
  ps:
    "boot_time cpu_percent cpu_times disk_io_counters disk_partition_usage disk_partitions disk_usage " +
    "get_pid_list get_users kill_pid lsof netstat network_io_counters num_cpus pgrep pkill proc_info psaux ss " +
    "status swap_memory top total_physical_memory virtual_memory",
  psget: "avail_modules bootstrap get_repository install list_modules register_repository remove update",
  publish: "full_data publish runner",
  random: "get_str hash rand_int sample seed shadow_hash shuffle str_encode",
  rdp: "disable disconnect_session enable get_session list_sessions logoff_session status",
  reg:
    "broadcast_change delete_key_recursive delete_value import_file key_exists list_keys list_values read_value " +
    "set_value value_exists",
  ret: "get_fun get_jid get_jids get_minions",
  salt_version: "equal get_release_number greater_than less_than",
  saltcheck: "parallel_scheck report_highstate_tests run_highstate_tests run_state_tests run_test state_apply",
  saltutil:
    "clear_cache clear_job_cache cmd cmd_iter find_cached_job find_job is_running kill_all_jobs kill_job " +
    "list_extmods mmodule refresh_beacons refresh_grains refresh_matchers refresh_modules refresh_pillar " +
    "refresh_resources regen_keys revoke_auth runner running signal_job sync_all sync_beacons sync_clouds " +
    "sync_engines sync_executors sync_grains sync_log_handlers sync_matchers sync_modules sync_output sync_pillar " +
    "sync_proxymodules sync_renderers sync_resources sync_returners sync_sdb sync_serializers sync_states " +
    "sync_thorium sync_tops sync_utils sync_wrapper term_all_jobs term_job update wheel",
  schedule:
    "add build_schedule_item copy delete disable disable_job enable enable_job is_enabled job_status list modify " +
    "move postpone_job purge reload run_job save show_next_fire_time skip_job",
  sdb: "delete get get_or_set_hash set",
  service:
    "available create create_win_salt_restart_task delete disable disabled enable enabled " +
    "execute_salt_restart_task get_all get_disabled get_enabled get_service_name getsid info missing modify " +
    "restart start status stop",
  shadow: "info require_password_change set_expire set_password unlock_account verify_password",
  shortcut: "create get modify",
  slsutil:
    "banner boolstr deserialize dir_exists file_exists findup merge merge_all path_exists renderer serialize " +
    "update",
  smbios: "get records",
  ssh:
    "auth_keys check_key check_key_file check_known_host get_known_host_entries hash_known_hosts host_keys " +
    "key_is_encrypted recv_known_host_entries rm_auth_key rm_auth_key_from_file rm_known_host set_auth_key " +
    "set_auth_key_from_file set_known_host user_keys",
  state:
    "apply check_request clear_cache clear_request disable enable event get_pauses graph graph_highstate high " +
    "highstate id_exists list_disabled low orchestrate pause pkg request resume run_request running " +
    "show_highstate show_low_sls show_lowstate show_sls show_state_usage show_states show_top single sls " +
    "sls_exists sls_id soft_kill template template_str test top",
  status: "cpuload cpustats diskusage loadavg master meminfo ping_master procs saltmem time uptime vmstats",
  sys:
    "argspec doc list_functions list_modules list_renderers list_returner_functions list_returners " +
    "list_runner_functions list_runners list_state_functions list_state_modules reload_modules renderer_doc " +
    "returner_argspec returner_doc runner_argspec runner_doc state_argspec state_doc state_schema",
  system:
    "get_computer_desc get_computer_name get_domain_workgroup get_hostname get_pending_component_servicing " +
    "get_pending_computer_name get_pending_domain_join get_pending_file_rename get_pending_reboot " +
    "get_pending_reboot_details get_pending_servermanager get_pending_update get_pending_windows_update " +
    "get_reboot_required_witnessed get_system_date get_system_info get_system_time halt init join_domain lock " +
    "poweroff reboot set_computer_desc set_computer_name set_domain_workgroup set_hostname " +
    "set_reboot_required_witnessed set_system_date set_system_date_time set_system_time shutdown shutdown_abort " +
    "shutdown_hard start_time_service stop_time_service unjoin_domain",
  task:
    "add_action add_trigger clear_triggers create_folder create_task create_task_from_xml delete_folder " +
    "delete_task edit_task info list_actions list_folders list_tasks list_triggers run run_wait status stop",
  temp: "dir file",
  test:
    "arg arg_clean arg_repr arg_type assertion attr_call collatz conf_test cross_test deprecation_warning echo " +
    "exception false fib get_opts kwarg missing_func module_report not_loaded opts_pkg outputter ping provider " +
    "providers raise_exception rand_sleep rand_str random_hash retcode sleep stack true try tty version " +
    "versions_information versions_report",
  timezone: "get_hwclock get_offset get_zone get_zonecode list set_hwclock set_zone zone_compare",
  tls:
    "ca_exists cert_base_path cert_info create_ca create_ca_signed_cert create_csr create_empty_crl create_pkcs12 " +
    "create_self_signed_cert get_ca get_ca_signed_cert get_ca_signed_key get_expiration_date get_extensions " +
    "maybe_fix_ssl_version revoke_cert set_ca_path validate",
  uptime: "check_exists checks_list create delete",
  user:
    "add addgroup chfullname chgroups chhome chprofile current delete getUserSid get_user_sid getent info " +
    "list_groups list_users removegroup rename setpassword update",
  virtualenv: "create get_distribution_path get_resource_content get_resource_path get_site_packages virtualenv_ver",
  win_dacl: "add_ace check_ace check_inheritance disable_inheritance enable_inheritance get rm_ace",
  win_dns_client: "add_dns dns_dhcp get_dns_config get_dns_servers rm_dns",
  win_event: "add clear count get get_filtered get_log_names query",
  win_iis:
    "create_app create_apppool create_backup create_binding create_cert_binding create_site create_vdir " +
    "get_container_setting get_webapp_settings get_webconfiguration_settings list_apppools list_apps list_backups " +
    "list_bindings list_cert_bindings list_sites list_vdirs list_worker_processes modify_binding modify_site " +
    "remove_app remove_apppool remove_backup remove_binding remove_cert_binding remove_site remove_vdir " +
    "restart_apppool restart_site set_container_setting set_webapp_settings set_webconfiguration_settings " +
    "start_apppool start_site stop_apppool stop_site",
  win_path: "add exists get_path rehash remove",
  win_pki: "export_cert get_cert_file get_certs get_stores import_cert remove_cert test_cert",
  win_servermanager: "install list_available list_installed remove",
  win_smtp_server:
    "get_connection_ip_list get_log_format get_log_format_types get_relay_ip_list get_server_setting get_servers " +
    "set_connection_ip_list set_log_format set_relay_ip_list set_server_setting",
  win_snmp:
    "get_agent_service_types get_agent_settings get_auth_traps_enabled get_community_names get_permission_types " +
    "set_agent_settings set_auth_traps_enabled set_community_names",
  win_wua: "available download get get_needs_reboot get_wu_settings install installed list set_wu_settings uninstall",
  winrepo: "genrepo show_sls update_git_repos",
  wusa: "install is_installed list uninstall",
  xml: "get_attribute get_value set_attribute set_value",
  yaml: "lint",
};

/** Modules that Salt has for a Windows minion with this or that installed: of these any function may exist. */
const others = new Set(
  "acl cloud consul defaults docker etcd extfs hg kmod locate logrotate mysql nacl openssl postgres mssql powerpath rest_package rsync sdb slack sqlite3 svn sysctl telegram vault win_task wua x509 zabbix".split(
    " ",
  ),
);

const functions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(names).map(([module, list]) => [module, new Set(list.split(" "))]),
);

/** Whether Salt on Windows knows `module.function`; where that depends on what is installed, whether it may. */
export function isExecutionFunction(name: string): boolean {
  const [module = "", functionName = "", ...rest] = name.split(".");
  if (rest.length > 0 || functionName === "") return false;
  return functions.get(module)?.has(functionName) ?? others.has(module);
}
