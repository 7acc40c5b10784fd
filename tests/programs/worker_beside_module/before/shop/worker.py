print("worker ran")
